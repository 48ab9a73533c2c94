package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.Objects;

/** Volumes and their snapshots. */
public final class VolumeOperations {
    private final Bus bus;

    public VolumeOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listVolumes", (Plain) this::listVolumes);
        operations.put("createVolume", (Plain) this::createVolume);
        operations.put("getVolume", (Plain) this::getVolume);
        operations.put("resizeVolume", (Plain) this::resizeVolume);
        operations.put("makeVolumeIndependent", (Plain) this::makeIndependent);
        operations.put("setVolumeShareable", (Plain) this::setShareable);
        operations.put("deleteVolume", (Plain) this::deleteVolume);
        operations.put("listSnapshots", (Plain) this::listSnapshots);
        operations.put("createSnapshot", (Plain) this::createSnapshot);
        operations.put("revertToSnapshot", (Plain) this::revert);
        operations.put("deleteSnapshot", (Plain) this::deleteSnapshot);
    }

    private Answer listVolumes(ApiRequest request) {
        var query = new StorageApi.ListVolumes(
                request.page(),
                request.values().optionalId("poolId").orElse(null),
                request.values().optionalId("vmId").orElse(null));
        var page = bus.request(StorageApi.LIST_VOLUMES, query, request.caller());
        return Answer.ok(
                new ListBody<>(page.items().stream().map(VolumeBody::of).toList(), page.nextCursor()));
    }

    private Answer createVolume(ApiRequest request) {
        JsonNode body = request.values().body();
        var create = new StorageApi.CreateVolume(
                Fields.optionalId(body, "poolId"),
                Fields.optionalId(body, "hostId"),
                Fields.text(body, "name"),
                Fields.optionalNumber(body, "sizeBytes"),
                origin(body),
                Fields.flag(body, "independent", false),
                Preallocation.valueOf(Objects.requireNonNullElse(
                        Fields.optionalText(body, "preallocation"), Preallocation.THIN.name())),
                Fields.optionalText(body, "format"),
                Fields.flag(body, "shareable", false));
        return Answer.accepted(bus.request(StorageApi.CREATE_VOLUME, create, request.caller()));
    }

    private static VolumeOrigin origin(JsonNode body) {
        return new VolumeOrigin(
                Fields.optionalId(body, "imageId"),
                Fields.optionalId(body, "sourceVolumeId"),
                Fields.optionalId(body, "sourceSnapshotId"));
    }

    private Answer getVolume(ApiRequest request) {
        var volume = bus.request(StorageApi.GET_VOLUME, volume(request), request.caller());
        return Answer.versioned(VolumeBody.of(volume), volume.version());
    }

    private Answer resizeVolume(ApiRequest request) {
        long size = Fields.number(request.values().body(), "sizeBytes", 0);
        var resize = new StorageApi.ResizeVolume(request.values().id("volumeId"), size, request.expectedVersion());
        return Answer.accepted(bus.request(StorageApi.RESIZE_VOLUME, resize, request.caller()));
    }

    private Answer makeIndependent(ApiRequest request) {
        return Answer.accepted(bus.request(StorageApi.MAKE_INDEPENDENT, volume(request), request.caller()));
    }

    private Answer setShareable(ApiRequest request) {
        var set = new StorageApi.SetShareable(
                request.values().id("volumeId"),
                Fields.flag(request.values().body(), "shareable", false),
                request.expectedVersion());
        var volume = bus.request(StorageApi.SET_SHAREABLE, set, request.caller());
        return Answer.versioned(VolumeBody.of(volume), volume.version());
    }

    private Answer deleteVolume(ApiRequest request) {
        var delete = new StorageApi.DeleteVolume(
                request.values().id("volumeId"),
                request.values().flag("withSnapshots").orElse(false));
        return Answer.accepted(bus.request(StorageApi.DELETE_VOLUME, delete, request.caller()));
    }

    private Answer listSnapshots(ApiRequest request) {
        return Answer.ok(ListBody.all(bus.request(StorageApi.LIST_SNAPSHOTS, volume(request), request.caller())
                .items()));
    }

    private Answer createSnapshot(ApiRequest request) {
        var create = new StorageApi.CreateSnapshot(
                request.values().id("volumeId"), Fields.text(request.values().body(), "name"));
        return Answer.accepted(bus.request(StorageApi.CREATE_SNAPSHOT, create, request.caller()));
    }

    private Answer revert(ApiRequest request) {
        return Answer.accepted(bus.request(StorageApi.REVERT_TO_SNAPSHOT, snapshot(request), request.caller()));
    }

    private Answer deleteSnapshot(ApiRequest request) {
        return Answer.accepted(bus.request(StorageApi.DELETE_SNAPSHOT, snapshot(request), request.caller()));
    }

    private static StorageApi.Snapshot snapshot(ApiRequest request) {
        return new StorageApi.Snapshot(
                request.values().id("volumeId"), request.values().id("snapshotId"));
    }

    private static StorageApi.Volume volume(ApiRequest request) {
        return new StorageApi.Volume(request.values().id("volumeId"));
    }
}
