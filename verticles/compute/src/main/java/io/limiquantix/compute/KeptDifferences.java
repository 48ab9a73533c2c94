package io.limiquantix.compute;

import io.limiquantix.bus.compute.SnapshotApi.Difference;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.NicHardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a VM was otherwise at a snapshot, each in words for people. */
final class KeptDifferences {
    private static final int MEBIBYTE = 20;

    private final List<Difference> found = new ArrayList<>();

    private KeptDifferences() {}

    static List<Difference> between(KeptMachine then, KeptMachine now) {
        KeptDifferences differences = new KeptDifferences();
        differences.compare("vcpus", then.vcpus() + " vCPUs", now.vcpus() + " vCPUs", true);
        differences.compare("memoryBytes", memory(then), memory(now), true);
        differences.compareMachines(then.machine(), now.machine());
        differences.compareCards(then.nics(), now.nics());
        differences.compareDisks(then.disks(), now.disks());
        differences.compare("cdroms", then.drives() + " CD-ROM drives", now.drives() + " CD-ROM drives", false);
        return List.copyOf(differences.found);
    }

    private static String memory(KeptMachine machine) {
        return (machine.memoryBytes() >> MEBIBYTE) + " MiB of memory";
    }

    private void compare(String field, @Nullable String then, @Nullable String now, boolean comesBack) {
        if (!Objects.equals(then, now)) {
            found.add(new Difference(field, then, now, comesBack));
        }
    }

    private void compareMachines(MachineSpec then, MachineSpec now) {
        compare("cpu.model", said("processor ", then.cpuModel()), said("processor ", now.cpuModel()), true);
        compare("cpu.topology", topology(then), topology(now), true);
        compare("cpu.maxVcpus", said("at most ", then.maxVcpus()), said("at most ", now.maxVcpus()), true);
        compare("firmware", said("firmware ", then.firmware()), said("firmware ", now.firmware()), true);
        compare("secureBoot", there("secure boot", then.secureBoot()), there("secure boot", now.secureBoot()), true);
        compare("tpm", there("TPM", then.tpm()), there("TPM", now.tpm()), true);
        compare(
                "clipboard",
                there("shared clipboard", then.clipboard()),
                there("shared clipboard", now.clipboard()),
                true);
        compare("watchdog", watchdog(then), watchdog(now), true);
    }

    private static @Nullable String said(String what, @Nullable Object value) {
        return value == null ? null : what + value.toString().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String there(String what, boolean isThere) {
        return isThere ? what : null;
    }

    private static @Nullable String topology(MachineSpec machine) {
        var topology = machine.topology();
        return topology == null
                ? null
                : topology.sockets() + " sockets, " + topology.cores() + " cores, " + topology.threads() + " threads";
    }

    private static @Nullable String watchdog(MachineSpec machine) {
        var watchdog = machine.watchdog();
        return watchdog == null
                ? null
                : "watchdog " + (watchdog.model() + ", " + watchdog.action()).toLowerCase(Locale.ROOT);
    }

    private void compareCards(List<Nic> then, List<Nic> now) {
        Map<String, Nic> before = byAddress(then);
        Map<String, Nic> after = byAddress(now);
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String mac : all) {
            Nic was = before.get(mac);
            Nic is = after.get(mac);
            compare("nics." + mac, card(was), card(is), true);
        }
    }

    private static Map<String, Nic> byAddress(List<Nic> cards) {
        return cards.stream().collect(Collectors.toMap(Nic::mac, Function.identity()));
    }

    private static @Nullable String card(@Nullable Nic nic) {
        if (nic == null) {
            return null;
        }
        NicHardware hardware = NicHardware.orPlain(nic.hardware());
        var limits = hardware.bandwidth();
        Boolean spoofing = hardware.allowSpoofing();
        return "card " + nic.mac() + " (" + hardware.model().name().toLowerCase(Locale.ROOT) + ") on " + nic.network()
                + (hardware.linkUp() ? "" : ", unplugged")
                + (limits == null
                        ? ""
                        : ", at most " + rate(limits.inboundBytesPerSecond()) + " in and "
                                + rate(limits.outboundBytesPerSecond()) + " out")
                + (spoofing == null ? "" : spoofing ? ", may send as others" : ", may not send as others");
    }

    private static String rate(@Nullable Long bytes) {
        return bytes == null ? "any" : (bytes >> 10) + " KiB/s";
    }

    private void compareDisks(List<UUID> then, List<UUID> now) {
        then.stream().filter(disk -> !now.contains(disk)).forEach(gone -> disk(gone, "disk " + gone, null));
        now.stream().filter(disk -> !then.contains(disk)).forEach(later -> disk(later, null, "disk " + later));
    }

    private void disk(UUID volumeId, @Nullable String then, @Nullable String now) {
        compare("disks." + volumeId, then, now, false);
    }
}
