package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import java.util.Optional;

/** VMs that were adopted while they ran and have not been started since: QEMU knows their disks by other names than their definitions. */
final class FormerNamesOfDisks {
    private FormerNamesOfDisks() {}

    /** Why it has to be started anew before that can be done; empty where it has not. */
    static Optional<String> reason(StoredVm vm) {
        boolean former = vm.observed().pending().stream()
                .anyMatch(change -> change.field().matches("disks\\..*\\.source"));
        return former
                ? Optional.of(vm.name()
                        + " was adopted while it ran, and knows its disks by their former names until its next"
                        + " start. Start it anew first: shut it down, then start it.")
                : Optional.empty();
    }

    /** @throws FailureException {@code CONFLICT} with the reason */
    static void requireNone(StoredVm vm) {
        reason(vm).ifPresent(reason -> {
            throw FailureException.conflict(reason);
        });
    }
}
