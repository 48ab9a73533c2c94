package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clones of VMs. */
public final class CloneOperations {
    private final Bus bus;

    public CloneOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("cloneVm", (Plain) request -> clone(bus, request.values().id("vmId"), request));
    }

    private record Accepted(
            List<AcceptedClone> clones, @Nullable UUID snapshotTaskId) {}

    private record AcceptedClone(String name, UUID vmId, UUID taskId) {}

    /** Makes what the request's body asks for of the VM. */
    static Answer clone(Bus bus, UUID vmId, ApiRequest request) {
        CloneVm wish = read(vmId, request.values().body());
        Clones begun = bus.request(CloneApi.CLONE, wish, request.caller());
        TaskRef snapshot = begun.snapshot();
        List<AcceptedClone> clones = begun.items().stream()
                .map(clone -> new AcceptedClone(
                        clone.name(), clone.task().targetId(), clone.task().taskId()))
                .toList();
        return new Answer(202, new Accepted(clones, snapshot == null ? null : snapshot.taskId()), Map.of());
    }

    private static CloneVm read(UUID vmId, JsonNode body) {
        List<FieldError> errors = new ArrayList<>();
        CloneVm wish = new CloneVm(
                vmId,
                Fields.text(body, "name"),
                Objects.requireNonNull(Fields.optionalConstant(body, "kind", CloneApi.Kind.class)),
                Fields.optionalId(body, "snapshotId"),
                Fields.flag(body, "quiesce", true),
                Fields.optionalId(body, "hostId"),
                pools(body, errors),
                Fields.optionalText(body, "description"),
                Fields.optionalText(body, "folder"),
                body.has("labels") ? new VmEdit.Labels(HardwareReading.labels(body)) : null,
                setup(body, errors),
                Fields.flag(body, "start", false),
                CustomizationReading.use(body));
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return wish;
    }

    private static Map<UUID, UUID> pools(JsonNode body, List<FieldError> errors) {
        Map<UUID, UUID> pools = new HashMap<>();
        for (JsonNode pool : Fields.list(body, "pools")) {
            if (pools.put(Fields.id(pool, "volumeId"), Fields.id(pool, "poolId")) != null) {
                errors.add(new FieldError("pools", "names a disk twice."));
            }
        }
        return pools;
    }

    private static CloneApi.Setup setup(JsonNode body, List<FieldError> errors) {
        CloudInitReading reading = new CloudInitReading(errors, CustomizationReading.isUsed(body));
        long kinds = List.of("cloudInit", "cloudbase", "ignition").stream()
                .filter(body::has)
                .count();
        if (kinds > 1) {
            errors.add(new FieldError("cloudInit", "is one of several ways to set up the guest; give one."));
        }
        return new CloneApi.Setup(
                body.has("cloudInit") ? reading.read(body.get("cloudInit")) : null,
                body.has("cloudbase") ? reading.cloudbase(body.get("cloudbase")) : null,
                body.has("ignition") ? reading.ignition(body.get("ignition")) : null);
    }
}
