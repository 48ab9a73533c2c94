package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the hardware in a request for a VM; what is absent is as it is by default. */
final class HardwareReading {
    private static final long USUAL_ORDER = 100;

    private HardwareReading() {}

    static MachineSpec machine(JsonNode body) {
        JsonNode cpu = body.path("cpu");
        return new MachineSpec(
                topology(cpu),
                Fields.optionalText(cpu, "model"),
                constant(body, "firmware", Firmware.class, Firmware.BIOS),
                Fields.flag(body, "secureBoot", false),
                Fields.flag(body, "tpm", false),
                body.has("watchdog") ? watchdog(body.get("watchdog")) : null,
                maxVcpus(cpu),
                Fields.flag(body, "clipboard", false));
    }

    static @Nullable Integer maxVcpus(JsonNode cpu) {
        return cpu.has("maxVcpus") ? Integer.valueOf(cpu.get("maxVcpus").asInt()) : null;
    }

    static @Nullable CpuTopology topology(JsonNode cpu) {
        boolean said = cpu.has("sockets") || cpu.has("cores") || cpu.has("threads");
        return said
                ? new CpuTopology((int) Fields.number(cpu, "sockets", 1), (int) Fields.number(cpu, "cores", 1), (int)
                        Fields.number(cpu, "threads", 1))
                : null;
    }

    static Watchdog watchdog(JsonNode node) {
        return new Watchdog(
                constant(node, "model", WatchdogModel.class, WatchdogModel.I6300ESB),
                constant(node, "action", WatchdogAction.class, WatchdogAction.RESET));
    }

    static Autostart autostart(JsonNode said) {
        return new Autostart(
                (int) Fields.number(said, "order", USUAL_ORDER),
                (int) Fields.number(said, "delaySeconds", 0),
                Fields.flag(said, "untilAgent", false));
    }

    static DiskHardware disk(JsonNode disk) {
        Limits limits = new Limits(
                Fields.optionalNumber(disk, "readIops"),
                Fields.optionalNumber(disk, "writeIops"),
                Fields.optionalNumber(disk, "readBytesPerSecond"),
                Fields.optionalNumber(disk, "writeBytesPerSecond"));
        return new DiskHardware(
                constant(disk, "bus", DiskBus.class, DiskBus.VIRTIO),
                constant(disk, "cache", Cache.class, Cache.AUTO),
                constant(disk, "discard", Discard.class, Discard.UNMAP),
                Fields.flag(disk, "ioThread", false),
                limits.none() ? null : limits);
    }

    static NicHardware nic(JsonNode nic) {
        return new NicHardware(
                constant(nic, "model", NicHardware.Model.class, NicHardware.Model.VIRTIO),
                Fields.flag(nic, "linkUp", true),
                new NicHardware.Bandwidth(
                        Fields.optionalNumber(nic, "inboundBytesPerSecond"),
                        Fields.optionalNumber(nic, "outboundBytesPerSecond")),
                optionalFlag(nic, "allowSpoofing"));
    }

    static @Nullable Boolean optionalFlag(JsonNode body, String field) {
        return body.has(field) ? body.get(field).asBoolean() : null;
    }

    static List<CdromSpec> cdroms(JsonNode body) {
        return Fields.list(body, "cdroms").stream()
                .map(cdrom -> new CdromSpec(Fields.optionalId(cdrom, "imageId")))
                .toList();
    }

    static Map<String, String> labels(JsonNode body) {
        Map<String, String> labels = new TreeMap<>();
        body.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static <E extends Enum<E>> E constant(JsonNode body, String field, Class<E> type, E otherwise) {
        E said = Fields.optionalConstant(body, field, type);
        return said == null ? otherwise : said;
    }
}
