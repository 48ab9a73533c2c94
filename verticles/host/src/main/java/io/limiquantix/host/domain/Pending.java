package io.limiquantix.host.domain;

import io.limiquantix.bus.host.PendingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a running domain differs from its definition. */
public final class Pending {
    private final List<PendingChange> changes = new ArrayList<>();

    private Pending() {}

    /** What changes when the domain is started the next time, in the order in which people look at a machine. */
    public static List<PendingChange> between(DefinedMachine live, DefinedMachine defined) {
        Pending pending = new Pending();
        pending.compare("vcpus", live.vcpus(), defined.vcpus());
        pending.compare("cpu.maxVcpus", live.vcpusAtMost(), defined.vcpusAtMost());
        pending.compare("memoryBytes", live.memoryKib() << 10, defined.memoryKib() << 10);
        pending.compare("cpu.model", live.cpuModel(), defined.cpuModel());
        pending.compare("cpu.topology", topology(live), topology(defined));
        pending.compare("firmware", firmware(live), firmware(defined));
        pending.compare("secureBoot", live.secureBoot(), defined.secureBoot());
        pending.compare("tpm", live.tpm(), defined.tpm());
        pending.compare("watchdog", watchdog(live), watchdog(defined));
        pending.compare("clipboard", live.clipboard(), defined.clipboard());
        pending.compare("bootOrder", order(live), order(defined));
        defined.disks().forEach((serial, then) -> {
            DefinedMachine.Disk now = live.disks().get(serial);
            if (now != null) {
                pending.compare(now, then);
            }
        });
        return List.copyOf(pending.changes);
    }

    private void compare(DefinedMachine.Disk now, DefinedMachine.Disk then) {
        String field = "disks." + now.target() + ".";
        compare(field + "source", now.file(), then.file());
        compare(field + "bus", now.bus(), then.bus());
        compare(field + "cache", now.cache(), then.cache());
        compare(field + "discard", now.discard(), then.discard());
    }

    private void compare(String field, Object now, Object then) {
        if (!now.equals(then)) {
            changes.add(new PendingChange(field, now.toString(), then.toString()));
        }
    }

    private static String topology(DefinedMachine machine) {
        return Optional.ofNullable(machine.topology())
                .map(t -> t.sockets() + " sockets with " + t.cores() + " cores of " + t.threads() + " threads")
                .orElse("");
    }

    private static String firmware(DefinedMachine machine) {
        return machine.uefi() ? "uefi" : "bios";
    }

    private static String watchdog(DefinedMachine machine) {
        return Optional.ofNullable(machine.watchdog())
                .map(w -> DiskElement.word(w.model()) + ", " + DiskElement.word(w.action()))
                .orElse("");
    }

    private static String order(DefinedMachine machine) {
        return String.join(", ", machine.boots());
    }
}
