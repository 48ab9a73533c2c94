package io.limiquantix.host.domain;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import java.util.regex.Pattern;

/** Refuses a specification that cannot become a domain, whoever sent it. */
public final class DomainCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,39}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final long MIB = 1 << 20;
    private static final int MAX_VCPUS = 4096;
    private static final int MAX_DISKS = 64;
    private static final int MAX_NICS = 16;

    private DomainCheck() {}

    /** @throws FailureException {@code INVALID} with the field */
    public static void check(DomainSpec spec) {
        require(NAME.matcher(spec.name()).matches(), "name", "The name is not one of a virtual machine.");
        description(spec.digest(), spec.description());
        size(spec.vcpus(), spec.memoryBytes());
        require(spec.disks().size() <= MAX_DISKS, "disks", "There are more than " + MAX_DISKS + " disks.");
        require(spec.nics().size() <= MAX_NICS, "nics", "There are more than " + MAX_NICS + " network interfaces.");
        for (DomainSpec.Disk disk : spec.disks()) {
            boolean known = disk.format().equals("qcow2") || disk.format().equals("raw");
            require(known, "disks.format", "A disk's format is qcow2 or raw.");
        }
        spec.nics().forEach(DomainCheck::check);
        MachineCheck.check(spec);
    }

    /** @throws FailureException {@code INVALID} with the field */
    public static void check(DomainApi.EditDomain edit) {
        description(edit.digest(), edit.description());
        size(edit.vcpus(), edit.memoryBytes());
        MachineCheck.check(edit.machine(), edit.vcpus());
    }

    /** @throws FailureException {@code INVALID} with the field */
    public static void description(String digest, String description) {
        require(DIGEST.matcher(digest).matches(), "digest", "The digest is not a SHA-256.");
        require(isText(description), "description", "The description contains control characters.");
    }

    private static void size(int vcpus, long memoryBytes) {
        require(vcpus >= 1 && vcpus <= MAX_VCPUS, "vcpus", "There must be 1 to " + MAX_VCPUS + " vCPUs.");
        require(memoryBytes >= MIB && memoryBytes % MIB == 0, "memoryBytes", "The memory must be a multiple of 1 MiB.");
    }

    /** @throws FailureException {@code INVALID} with the field */
    public static void check(DomainSpec.Nic nic) {
        require(MAC.matcher(nic.mac()).matches(), "nics.mac", "That is not a MAC address.");
        require(NETWORK.matcher(nic.network()).matches(), "nics.network", "That is not a network's name.");
        if (nic.protection() != null) {
            boolean plain = nic.protection().addresses().stream()
                    .allMatch(address -> ADDRESS.matcher(address).matches());
            require(plain, "nics.protection", "That is not an IP address.");
        }
    }

    private static boolean isText(String text) {
        try {
            return XmlText.legal(text).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw FailureException.invalid(field, message);
        }
    }
}
