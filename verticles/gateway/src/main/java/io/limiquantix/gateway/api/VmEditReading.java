package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.gateway.contract.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** Reads what is to become of a VM; what is left out stays. */
final class VmEditReading {
    private static final long MIB = 1 << 20;

    private VmEditReading() {}

    static VmEdit read(JsonNode body) {
        Long memory = Fields.optionalNumber(body, "memoryBytes");
        if (memory != null && memory % MIB != 0) {
            throw InvalidRequestException.of("memoryBytes", "must be a multiple of 1 MiB (1048576).");
        }
        return new VmEdit(
                Fields.optionalText(body, "name"),
                Fields.optionalText(body, "description"),
                Fields.optionalText(body, "folder"),
                body.has("labels") ? new VmEdit.Labels(HardwareReading.labels(body)) : null,
                body.has("vcpus") ? Integer.valueOf(body.get("vcpus").asInt()) : null,
                memory,
                body.has("cpu") ? cpu(body.get("cpu")) : null,
                Fields.optionalConstant(body, "firmware", Firmware.class),
                flag(body, "secureBoot"),
                flag(body, "tpm"),
                flag(body, "clipboard"),
                body.has("watchdog") ? watchdog(body.get("watchdog")) : null,
                body.has("bootOrder") ? new VmEdit.Boot(Fields.texts(body, "bootOrder")) : null,
                body.has("autostart") ? atBoot(body.get("autostart")) : null);
    }

    private static VmEdit.Cpu cpu(JsonNode cpu) {
        return new VmEdit.Cpu(
                Fields.optionalText(cpu, "model"), HardwareReading.topology(cpu), HardwareReading.maxVcpus(cpu));
    }

    private static VmEdit.WatchdogCard watchdog(JsonNode said) {
        return new VmEdit.WatchdogCard(said.isNull() ? null : HardwareReading.watchdog(said));
    }

    private static VmEdit.AtBoot atBoot(JsonNode said) {
        return new VmEdit.AtBoot(said.isNull() ? null : HardwareReading.autostart(said));
    }

    private static @Nullable Boolean flag(JsonNode body, String field) {
        return body.has(field) ? Boolean.valueOf(body.get(field).asBoolean()) : null;
    }
}
