package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.GuestSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How new guests are set up by a customization spec and by what the request says in its place.
 *
 * @param specName the spec's
 * @param hostNames what guests are called that the request has no host name for
 * @param setup with its user-data opened; it has a host name where the request says one
 */
public record Customized(String specName, HostNamePattern hostNames, GuestSetup setup) {
    /** How much of a host name is a Windows computer's name. */
    private static final int COMPUTER_NAME = 15;

    /**
     * What the guests of these VMs are called.
     *
     * @param numbers of the VMs in a run of clones, in the same order; empty: there is one VM, without a number
     * @return by the VMs' names
     * @throws FailureException {@code INVALID} where a name is no host name, or several would have the same
     */
    public Map<String, String> hostNames(List<String> vmNames, Optional<List<String>> numbers) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < vmNames.size(); i++) {
            int at = i;
            String vmName = vmNames.get(i);
            String own = setup.hostName();
            names.put(vmName, own == null ? hostNames.of(specName, vmName, numbers.map(all -> all.get(at))) : own);
        }
        refuseSame(names);
        return names;
    }

    private void refuseSame(Map<String, String> names) {
        Map<String, List<String>> vmsByName = names.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> seen(entry.getValue()),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        String same = vmsByName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .collect(Collectors.joining("; "));
        if (!same.isEmpty()) {
            throw CustomizationRules.unusable("By the pattern " + hostNames.text() + " of the customization spec "
                    + specName + ", several guests would be called the same: " + same
                    + ". Let the pattern have {name} or {n} in it"
                    + (setup instanceof Cloudbase ? ", within the " + COMPUTER_NAME + " characters of Windows." : "."));
        }
    }

    /** What others know the guest by. */
    private String seen(String hostName) {
        String lower = hostName.toLowerCase(Locale.ROOT);
        if (!(setup instanceof Cloudbase)) {
            return lower;
        }
        String label = lower.split("\\.", 2)[0];
        return label.substring(0, Math.min(COMPUTER_NAME, label.length()));
    }
}
