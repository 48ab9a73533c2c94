package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Pools and volumes. */
public final class StorageOperations {
    private final Bus bus;

    public StorageOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listPools", (Plain) this::listPools);
        operations.put("createPool", (Plain) this::createPool);
        operations.put("getPool", (Plain) this::getPool);
        operations.put("deletePool", (Plain) this::deletePool);
        operations.put("listVolumes", (Plain) this::listVolumes);
        operations.put("createVolume", (Plain) this::createVolume);
        operations.put("getVolume", (Plain) this::getVolume);
        operations.put("resizeVolume", (Plain) this::resizeVolume);
        operations.put("deleteVolume", (Plain) this::deleteVolume);
    }

    private Answer listPools(ApiRequest request) {
        var pools = bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, request.caller());
        Map<UUID, String> names = HostNames.ask(bus, request.caller());
        return Answer.ok(ListBody.all(
                pools.items().stream().map(pool -> PoolBody.of(pool, names)).toList()));
    }

    private Answer createPool(ApiRequest request) {
        JsonNode body = request.values().body();
        Map<String, String> settings = new TreeMap<>();
        body.path("settings")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        Map<String, Secret> secrets = new TreeMap<>();
        body.path("secrets")
                .properties()
                .forEach(entry ->
                        secrets.put(entry.getKey(), new Secret(entry.getValue().asText())));
        var create = new StorageApi.CreatePool(
                Fields.text(body, "name"),
                Fields.text(body, "driver"),
                settings,
                secrets,
                Fields.texts(body, "hostIds").stream().map(UUID::fromString).toList());
        var pool = bus.request(StorageApi.CREATE_POOL, create, request.caller());
        return Answer.created(
                PoolBody.of(pool, HostNames.ask(bus, request.caller())), "/api/v1/pools/" + pool.id(), pool.version());
    }

    private Answer getPool(ApiRequest request) {
        var pool = bus.request(StorageApi.GET_POOL, pool(request), request.caller());
        return Answer.versioned(PoolBody.of(pool, HostNames.ask(bus, request.caller())), pool.version());
    }

    private Answer deletePool(ApiRequest request) {
        bus.request(StorageApi.DELETE_POOL, pool(request), request.caller());
        return Answer.done();
    }

    private Answer listVolumes(ApiRequest request) {
        var query = new StorageApi.ListVolumes(
                request.page(),
                request.values().optionalId("poolId").orElse(null),
                request.values().optionalId("vmId").orElse(null));
        return Answer.ok(bus.request(StorageApi.LIST_VOLUMES, query, request.caller()));
    }

    private Answer createVolume(ApiRequest request) {
        JsonNode body = request.values().body();
        var create = new StorageApi.CreateVolume(
                Fields.id(body, "poolId"),
                Fields.optionalId(body, "hostId"),
                Fields.text(body, "name"),
                Fields.number(body, "sizeBytes", 0),
                Fields.optionalId(body, "imageId"));
        return Answer.accepted(bus.request(StorageApi.CREATE_VOLUME, create, request.caller()));
    }

    private Answer getVolume(ApiRequest request) {
        var volume = bus.request(StorageApi.GET_VOLUME, volume(request), request.caller());
        return Answer.versioned(volume, volume.version());
    }

    private Answer resizeVolume(ApiRequest request) {
        long size = Fields.number(request.values().body(), "sizeBytes", 0);
        var resize = new StorageApi.ResizeVolume(request.values().id("volumeId"), size, request.expectedVersion());
        return Answer.accepted(bus.request(StorageApi.RESIZE_VOLUME, resize, request.caller()));
    }

    private Answer deleteVolume(ApiRequest request) {
        return Answer.accepted(bus.request(StorageApi.DELETE_VOLUME, volume(request), request.caller()));
    }

    private static StorageApi.Pool pool(ApiRequest request) {
        return new StorageApi.Pool(request.values().id("poolId"));
    }

    private static StorageApi.Volume volume(ApiRequest request) {
        return new StorageApi.Volume(request.values().id("volumeId"));
    }
}
