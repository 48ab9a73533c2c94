package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.compute.cloudinit.HostName;
import io.limiquantix.compute.spec.SetupRules;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What guests are called: a host name in which {@code {name}} stands for the VM's name, made a legal host name, and {@code {n}} for its
 * number in a run of clones.
 */
public record HostNamePattern(String text) {
    private static final String FIELD = "hostNamePattern";
    private static final String NAME = "{name}";
    private static final String NUMBER = "{n}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");
    private static final String RULE =
            "a host name is labels of up to 63 letters, digits and inner hyphens with dots between them.";

    /** @throws FailureException {@code INVALID} when no name comes of it that a guest could have */
    static HostNamePattern accept(String text) {
        PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group())
                .filter(found -> !found.equals(NAME) && !found.equals(NUMBER))
                .findFirst()
                .ifPresent(unknown -> {
                    throw FailureException.invalid(
                            FIELD, "There is no " + unknown + ": a pattern has {name} and {n} only.");
                });
        HostNamePattern pattern = new HostNamePattern(text);
        String example = pattern.filled("vm", "1");
        if (!SetupRules.isHostName(example)) {
            throw FailureException.invalid(
                    FIELD, "A guest would be called " + example + ", which is no host name: " + RULE);
        }
        return pattern;
    }

    /**
     * What the guest of a VM is called.
     *
     * @param specName for the reason of a refusal
     * @param number in a run of clones; empty: it has none
     * @throws FailureException {@code INVALID} when it has no number and needs one, or no host name comes of it
     */
    String of(String specName, String vmName, Optional<String> number) {
        if (number.isEmpty() && text.contains(NUMBER)) {
            throw CustomizationRules.unusable("The customization spec " + specName + " calls guests " + text
                    + " by their number in a run of clones, and " + vmName
                    + " has none. Give it a host name, or name the clones as in web-{01..20}.");
        }
        String result = filled(vmName, number.orElse(""));
        if (!SetupRules.isHostName(result)) {
            throw CustomizationRules.unusable("By the pattern " + text + " of the customization spec " + specName
                    + ", the guest of " + vmName + " would be called " + result + ", which is no host name: " + RULE);
        }
        return result;
    }

    private String filled(String vmName, String number) {
        HostName made = HostName.of(null, vmName);
        return text.replace(NAME, made.full().orElse(made.label())).replace(NUMBER, number);
    }
}
