package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request for a VM and checks what a schema cannot say; every error names its field. */
final class VmReading {
    private static final long MIB = 1 << 20;
    private static final long DEFAULT_MEMORY = 1 << 30;

    private final List<FieldError> errors = new ArrayList<>();

    private VmReading() {}

    static CreateVm read(JsonNode body) {
        VmReading reading = new VmReading();
        CreateVm request = new CreateVm(
                reading.spec(body),
                Fields.optionalId(body, "hostId"),
                Fields.flag(body, "start", true),
                Fields.flag(body, "waitForAgent", false),
                CustomizationReading.use(body));
        if (!reading.errors.isEmpty()) {
            throw new InvalidRequestException(reading.errors);
        }
        return request;
    }

    private VmSpec spec(JsonNode body) {
        long memory = Fields.number(body, "memoryBytes", DEFAULT_MEMORY);
        if (memory % MIB != 0) {
            error("memoryBytes", "must be a multiple of 1 MiB (1048576).");
        }
        @Nullable String description = Fields.optionalText(body, "description");
        return new VmSpec(
                Fields.text(body, "name"),
                description == null ? "" : description,
                (int) Fields.number(body, "vcpus", 1),
                memory,
                disks(body),
                nics(body),
                body.has("cloudInit")
                        ? new CloudInitReading(errors, CustomizationReading.isUsed(body)).read(body.get("cloudInit"))
                        : null,
                Fields.optionalText(body, "folder"),
                HardwareReading.labels(body),
                HardwareReading.machine(body),
                HardwareReading.cdroms(body),
                Fields.texts(body, "bootOrder"),
                body.has("cloudbase") ? new CloudInitReading(errors).cloudbase(body.get("cloudbase")) : null,
                body.has("ignition") ? new CloudInitReading(errors).ignition(body.get("ignition")) : null,
                body.has("autostart") ? HardwareReading.autostart(body.get("autostart")) : null);
    }

    private List<DiskSpec> disks(JsonNode body) {
        List<DiskSpec> disks = new ArrayList<>();
        for (JsonNode disk : Fields.list(body, "disks")) {
            DiskSpec spec = new DiskSpec(
                    Fields.optionalId(disk, "imageId"),
                    Fields.optionalNumber(disk, "sizeBytes"),
                    Fields.optionalId(disk, "poolId"),
                    Fields.optionalId(disk, "volumeId"),
                    HardwareReading.disk(disk));
            if (spec.imageId() == null && spec.sizeBytes() == null && spec.volumeId() == null) {
                error("disks[" + disks.size() + "].sizeBytes", "is needed for a disk without an image.");
            }
            disks.add(spec);
        }
        return disks;
    }

    private List<NicSpec> nics(JsonNode body) {
        if (!body.has("nics")) {
            return List.of(new NicSpec("default", null));
        }
        List<NicSpec> nics = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode nic : Fields.list(body, "nics")) {
            nics.add(new NicSpec(
                    Fields.text(nic, "network"),
                    mac(nic, "nics[" + nics.size() + "].mac", seen),
                    HardwareReading.nic(nic)));
        }
        return nics;
    }

    private @Nullable String mac(JsonNode nic, String field, Set<String> seen) {
        @Nullable String text = Fields.optionalText(nic, "mac");
        if (text == null) {
            return null;
        }
        String mac = text.toLowerCase(Locale.ROOT);
        if ((Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1) {
            error(field, "is a multicast address; a network card needs one of its own.");
        }
        if (mac.equals("00:00:00:00:00:00")) {
            error(field, "is no address.");
        }
        if (!seen.add(mac)) {
            error(field, "is used by another network card of the same VM.");
        }
        return mac;
    }

    private void error(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
