package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a VM's spec may say, whoever else has checked it before. */
public final class VmSpecRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final int MOST_DESCRIPTION = 4_000;
    static final int MOST_VCPUS = 512;
    private static final long MIB = 1L << 20;
    private static final long LEAST_MEMORY = 64 * MIB;
    private static final long MOST_MEMORY = 16L << 40;
    private static final long MOST_DISK = 64L << 40;
    private static final int SECTOR = 512;
    private static final int MOST_DISKS = 16;

    private VmSpecRules() {}

    /** The spec in its one written form, for instance with MAC addresses in lower case. */
    public static VmSpec accept(VmSpec spec) {
        Check.matches(
                spec.name(),
                NAME,
                "name",
                "a name has 1 to 63 letters, digits, \".\", \"_\" or \"-\" and begins with a letter or digit.");
        description(spec.description());
        Check.that(spec.vcpus() >= 1 && spec.vcpus() <= MOST_VCPUS, "vcpus", "A VM has 1 to " + MOST_VCPUS + " vCPUs.");
        memory(spec.memoryBytes());
        disks(spec.disks());
        List<NicSpec> nics = nics(spec.nics());
        OrganisationRules.labels(spec.labels());
        AutostartRules.check(spec.autostart());
        MachineRules.check(spec);
        CloudbaseRules.check(spec);
        IgnitionRules.check(spec);
        if (spec.cloudInit() != null) {
            CloudInitRules.check(spec.cloudInit(), nics.size());
        }
        return new VmSpec(
                spec.name(),
                spec.description(),
                spec.vcpus(),
                spec.memoryBytes(),
                spec.disks(),
                nics,
                spec.cloudInit(),
                OrganisationRules.folder(spec.folder()),
                spec.labels(),
                spec.machine(),
                spec.cdroms(),
                spec.bootOrder(),
                spec.cloudbase(),
                spec.ignition(),
                spec.autostart());
    }

    /** @throws FailureException {@code INVALID} for a description that is too long or has control characters */
    public static void description(String text) {
        Check.that(
                text.length() <= MOST_DESCRIPTION,
                "description",
                "A description has at most " + MOST_DESCRIPTION + " characters.");
        Check.that(
                !CONTROL.matcher(text).find(), "description", "A description has no control characters but new lines.");
    }

    private static void memory(long bytes) {
        Check.that(
                bytes >= LEAST_MEMORY && bytes <= MOST_MEMORY && bytes % MIB == 0,
                "memoryBytes",
                "Memory is 64 MiB to 16 TiB, in whole MiB; " + bytes + " bytes is not.");
    }

    private static void disks(List<DiskSpec> disks) {
        Check.that(!disks.isEmpty() && disks.size() <= MOST_DISKS, "disks", "A VM has 1 to " + MOST_DISKS + " disks.");
        for (int i = 0; i < disks.size(); i++) {
            DiskRules.check(disks.get(i), "disks[" + i + "]");
            if (disks.get(i).volumeId() != null) {
                continue;
            }
            Long size = disks.get(i).sizeBytes();
            String field = "disks[" + i + "].sizeBytes";
            Check.that(size != null || disks.get(i).imageId() != null, field, "A disk without an image needs a size.");
            Check.that(
                    size == null || (size >= MIB && size <= MOST_DISK && size % SECTOR == 0),
                    field,
                    "A disk has 1 MiB to 64 TiB, in whole sectors of 512 bytes; " + size + " bytes is not.");
        }
    }

    private static List<NicSpec> nics(List<NicSpec> nics) {
        Check.that(
                nics.size() <= NicRules.MOST_NICS,
                "nics",
                "A VM has at most " + NicRules.MOST_NICS + " network interfaces.");
        Set<String> seen = new HashSet<>();
        List<NicSpec> accepted = new ArrayList<>();
        for (int i = 0; i < nics.size(); i++) {
            NicSpec nic = NicRules.accept(nics.get(i), "nics[" + i + "].");
            String mac = nic.mac();
            Check.that(mac == null || seen.add(mac), "nics[" + i + "].mac", "Two interfaces have the address " + mac);
            accepted.add(nic);
        }
        return accepted;
    }
}
