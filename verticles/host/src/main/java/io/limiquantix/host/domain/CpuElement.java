package io.limiquantix.host.domain;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processor of a domain as libvirt wants it (formatdomain.html, "CPU model and topology"). */
final class CpuElement {
    private final XmlText xml;
    private final Accelerator accelerator;
    private final @Nullable CpuTopology topology;

    CpuElement(XmlText xml, Accelerator accelerator, @Nullable CpuTopology topology) {
        this.xml = xml;
        this.accelerator = accelerator;
        this.topology = topology;
    }

    /** @param nodes writes what there is beside the processor itself */
    void write(@Nullable String model, Runnable nodes) {
        switch (model == null ? usual(accelerator) : model) {
            case MachineSpec.HOST_PASSTHROUGH ->
                cpu(XmlText.ordered("mode", "host-passthrough", "check", "none", "migratable", "on"), nodes);
            case MachineSpec.HOST_MODEL -> cpu(Map.of("mode", "host-model"), nodes);
            case MachineSpec.LEVEL_2 -> custom(CpuLevels.BASE, CpuLevels.LEVEL_2, nodes);
            case MachineSpec.LEVEL_3 -> custom(CpuLevels.BASE, CpuLevels.LEVEL_3, nodes);
            case String named -> custom(named, List.of(), nodes);
        }
    }

    /** TCG emulates qemu64 quickest; distributions of today do not start on less than x86-64-v2. */
    static String usual(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> MachineSpec.HOST_PASSTHROUGH;
            case TCG -> MachineSpec.LEVEL_2;
        };
    }

    private void custom(String model, List<String> features, Runnable nodes) {
        // With KVM a feature that the processor lacks is a refusal, not a surprise; QEMU says itself what TCG cannot
        // do.
        String check = accelerator == Accelerator.KVM ? "partial" : "none";
        xml.element("cpu", XmlText.ordered("mode", "custom", "match", "exact", "check", check), () -> {
            xml.text("model", Map.of("fallback", "forbid"), model);
            topology();
            features.forEach(name -> xml.empty("feature", XmlText.ordered("policy", "require", "name", name)));
            nodes.run();
        });
    }

    private void cpu(Map<String, String> attributes, Runnable nodes) {
        xml.element("cpu", attributes, () -> {
            topology();
            nodes.run();
        });
    }

    private void topology() {
        if (topology != null) {
            xml.empty(
                    "topology",
                    XmlText.ordered(
                            "sockets", Integer.toString(topology.sockets()),
                            "dies", "1",
                            "cores", Integer.toString(topology.cores()),
                            "threads", Integer.toString(topology.threads())));
        }
    }
}
