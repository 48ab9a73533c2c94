package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.UUID;

/** Reads what is to become of a VM's disks. */
final class DiskReading {
    private static final int SECTOR = 512;

    private DiskReading() {}

    /** Whether a volume is to be made, rather than one given that is there. */
    static boolean isNew(JsonNode body) {
        if (body.has("volumeId") == body.has("sizeBytes")) {
            throw InvalidRequestException.of(
                    "volumeId", "or sizeBytes, one of the two: a volume that is there, or the size of a new one.");
        }
        return body.has("sizeBytes");
    }

    static ComputeApi.AttachDisk attached(UUID vmId, JsonNode body) {
        return new ComputeApi.AttachDisk(vmId, Fields.id(body, "volumeId"), Fields.flag(body, "readOnly", false));
    }

    static ComputeApi.AddDisk added(UUID vmId, JsonNode body) {
        return new ComputeApi.AddDisk(
                vmId,
                requireSectors(Fields.number(body, "sizeBytes", 0)),
                Fields.optionalId(body, "poolId"),
                HardwareReading.disk(body));
    }

    static ComputeApi.DiskEdit edit(JsonNode body) {
        Long size = Fields.optionalNumber(body, "sizeBytes");
        return new ComputeApi.DiskEdit(
                size == null ? null : Long.valueOf(requireSectors(size)),
                Fields.optionalConstant(body, "bus", DiskBus.class),
                Fields.optionalConstant(body, "cache", Cache.class),
                Fields.optionalConstant(body, "discard", Discard.class),
                Fields.optionalNumber(body, "readIops"),
                Fields.optionalNumber(body, "writeIops"),
                Fields.optionalNumber(body, "readBytesPerSecond"),
                Fields.optionalNumber(body, "writeBytesPerSecond"));
    }

    private static long requireSectors(long bytes) {
        if (bytes % SECTOR != 0) {
            throw InvalidRequestException.of("sizeBytes", "must be a multiple of 512.");
        }
        return bytes;
    }
}
