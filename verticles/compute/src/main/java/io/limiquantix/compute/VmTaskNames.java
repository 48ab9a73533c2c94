package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the tasks on VMs are called. */
final class VmTaskNames {
    static final String CREATE = "vm.create";
    static final String CLONE = "vm.clone";
    static final String ADOPT = "vm.adopt";
    static final String RELEASE = "vm.release";
    static final String DELETE = "vm.delete";
    static final String ATTACH_DISK = "vm.attach-disk";
    static final String DETACH_DISK = "vm.detach-disk";
    static final String EDIT = "vm.edit";
    static final String CORRECT_DRIFT = "vm.correct-drift";
    static final String ACCEPT_DRIFT = "vm.accept-drift";
    static final String EDIT_DISK = "vm.edit-disk";
    static final String CHANGE_CDROM = "vm.change-cdrom";
    static final String ATTACH_NIC = "vm.attach-nic";
    static final String CHANGE_NIC = "vm.change-nic";
    static final String DETACH_NIC = "vm.detach-nic";
    static final String SNAPSHOT = "vm.snapshot";
    static final String REVERT = "vm.revert";
    static final String MIGRATE = "vm.migrate";
    static final String MOVE_DISKS = "vm.move-disks";
    static final String DELETE_SNAPSHOT = "vm.delete-snapshot";
    static final String FIND_SNAPSHOTS = "vm.find-snapshots";
    static final String SHUT_DOWN = of(PowerAction.SHUT_DOWN);
    static final Set<String> POWER =
            Stream.of(PowerAction.values()).map(VmTaskNames::of).collect(Collectors.toUnmodifiableSet());

    private VmTaskNames() {}

    static String of(PowerAction action) {
        return switch (action) {
            case START -> "vm.start";
            case SHUT_DOWN -> "vm.shutdown";
            case REBOOT -> "vm.reboot";
            case FORCE_STOP -> "vm.force-stop";
            case RESET -> "vm.reset";
            case PAUSE -> "vm.pause";
            case RESUME -> "vm.resume";
            case SUSPEND -> "vm.suspend";
            case DISCARD_STATE -> "vm.discard-state";
        };
    }
}
