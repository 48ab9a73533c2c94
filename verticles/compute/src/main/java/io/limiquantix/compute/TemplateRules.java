package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.spec.SpecEdit;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be done with a template, and which VM may become one. */
final class TemplateRules {
    private static final int LONGEST_NOTE = 4_000;

    /**
     * Those that neither start it nor change what it is. Ending it is among them, as somebody may have started it on its host. Everything
     * that is not named here is refused.
     */
    private static final Set<String> ALLOWED = Set.of(
            VmTaskNames.DELETE,
            VmTaskNames.SHUT_DOWN,
            VmTaskNames.FIND_SNAPSHOTS,
            VmTaskNames.of(PowerAction.FORCE_STOP),
            VmTaskNames.of(PowerAction.DISCARD_STATE));

    private TemplateRules() {}

    /** Refuses a task that a template cannot have; to be called with the VM's row locked, before the task is stored. */
    static void admit(StoredVm vm, String kind) {
        if (!ALLOWED.contains(kind)) {
            refuse(vm);
        }
    }

    /** Refuses what changes the machine of a template, or starts it with its host; what people find it by may change. */
    static void admitEdit(StoredVm vm, VmSpec wanted) {
        boolean starts = !Objects.equals(vm.spec().autostart(), wanted.autostart());
        if (starts || !SpecEdit.sameMachine(vm.spec(), wanted)) {
            refuse(vm);
        }
    }

    private static void refuse(StoredVm vm) {
        if (vm.template() != null) {
            throw FailureException.conflict(
                    vm.name() + " is a template; deploy a VM from it or convert it back to a VM first.");
        }
    }

    /** Whether that is what was asked for, so that nothing is left to do. */
    static boolean isAlready(Template template, @Nullable String family, @Nullable String note) {
        return (family == null || family.equals(template.family())) && (note == null || note.equals(template.note()));
    }

    static FailureException isAnother(StoredVm vm, Template template) {
        return FailureException.conflict(vm.name() + " is a template already, version " + template.version() + " of "
                + template.family() + "; convert it back to a VM first.");
    }

    /** Refuses a VM that is not made, not off, or suspended. */
    static void requireOff(StoredVm vm) {
        VmDisks.requireReady(vm);
        requireOff(vm.name(), vm.powerState());
    }

    static void requireOff(String name, PowerState state) {
        switch (state) {
            case STOPPED, CRASHED -> {
                // As it has to be.
            }
            case UNKNOWN ->
                throw FailureException.conflict(
                        "Nobody can say whether " + name + " is off; wait until its host tells of it again.");
            case RUNNING, PAUSED, STOPPING, SUSPENDED ->
                throw FailureException.conflict(
                        name + " is not off; shut it down before you convert it to a template.");
        }
    }

    static String requireNote(@Nullable String note) {
        if (note != null && note.length() > LONGEST_NOTE) {
            throw FailureException.invalid("note", "A note has at most " + LONGEST_NOTE + " characters.");
        }
        return note == null ? "" : note;
    }
}
