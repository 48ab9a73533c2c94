package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmEdit;
import java.util.List;
import java.util.Map;

/** Edits of one or two fields. */
final class Edits {
    static final VmEdit NOTHING =
            new VmEdit(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private Edits() {}

    static VmEdit named(String name) {
        return new VmEdit(name, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    static VmEdit described(String description, String folder, Map<String, String> labels) {
        return new VmEdit(
                null,
                description,
                folder,
                new VmEdit.Labels(labels),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static VmEdit sized(int vcpus, long memoryBytes) {
        return new VmEdit(null, null, null, null, vcpus, memoryBytes, null, null, null, null, null, null, null, null);
    }

    static VmEdit booting(String... order) {
        return new VmEdit(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new VmEdit.Boot(List.of(order)),
                null);
    }

    static VmEdit cpu(VmEdit.Cpu cpu) {
        return new VmEdit(null, null, null, null, null, null, cpu, null, null, null, null, null, null, null);
    }
}
