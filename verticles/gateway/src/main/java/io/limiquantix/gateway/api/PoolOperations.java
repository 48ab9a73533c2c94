package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.storage.CapacityOverTime.Period;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Pools. */
public final class PoolOperations {
    private final Bus bus;

    public PoolOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listDrivers", (Plain) this::drivers);
        operations.put("listPools", (Plain) this::list);
        operations.put("createPool", (Plain) this::create);
        operations.put("tryPool", (Plain) this::tryOut);
        operations.put("getPool", (Plain) this::get);
        operations.put("getPoolCapacity", (Plain) this::capacity);
        operations.put("changePool", (Plain) this::change);
        operations.put("deletePool", (Plain) this::delete);
        operations.put("assignHostToPool", (Plain) this::assign);
        operations.put("unassignHostFromPool", (Plain) this::unassign);
        operations.put("setPoolMaintenance", (Plain) this::setMaintenance);
        operations.put("listUnmanagedVolumes", (Plain) this::unmanaged);
        operations.put("adoptVolume", (Plain) this::adopt);
    }

    private Answer drivers(ApiRequest request) {
        return Answer.ok(ListBody.all(bus.request(StorageApi.LIST_DRIVERS, Nothing.NOTHING, request.caller())
                .drivers()));
    }

    private Answer list(ApiRequest request) {
        var pools = bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, request.caller());
        Map<UUID, String> names = HostNames.ask(bus, request.caller());
        return Answer.ok(ListBody.all(
                pools.items().stream().map(pool -> PoolBody.of(pool, names)).toList()));
    }

    private Answer create(ApiRequest request) {
        JsonNode body = request.values().body();
        var create = new StorageApi.CreatePool(
                Fields.text(body, "name"), Fields.text(body, "driver"), settings(body), secrets(body), hostIds(body));
        PoolView pool = bus.request(StorageApi.CREATE_POOL, create, request.caller());
        return Answer.created(
                PoolBody.of(pool, HostNames.ask(bus, request.caller())), "/api/v1/pools/" + pool.id(), pool.version());
    }

    private Answer tryOut(ApiRequest request) {
        JsonNode body = request.values().body();
        var trial = new StorageApi.TryPool(Fields.text(body, "driver"), settings(body), secrets(body), hostIds(body));
        return Answer.ok(ListBody.all(
                bus.request(StorageApi.TRY_POOL, trial, request.caller()).trials()));
    }

    private Answer change(ApiRequest request) {
        JsonNode body = request.values().body();
        var change = new StorageApi.ChangePool(
                request.values().id("poolId"),
                request.expectedVersion(),
                Fields.optionalText(body, "name"),
                settings(body),
                removed(body, "settings"),
                secrets(body),
                removed(body, "secrets"));
        return shown(bus.request(StorageApi.CHANGE_POOL, change, request.caller()), request);
    }

    private static Map<String, String> settings(JsonNode body) {
        return given(body, "settings");
    }

    private static Map<String, Secret> secrets(JsonNode body) {
        Map<String, Secret> secrets = new TreeMap<>();
        given(body, "secrets").forEach((name, value) -> secrets.put(name, new Secret(value)));
        return secrets;
    }

    private static Map<String, String> given(JsonNode body, String field) {
        Map<String, String> given = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : body.path(field).properties()) {
            if (!entry.getValue().isNull()) {
                given.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return given;
    }

    /** Those that are null. */
    private static List<String> removed(JsonNode body, String field) {
        return body.path(field).properties().stream()
                .filter(entry -> entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<UUID> hostIds(JsonNode body) {
        return Fields.texts(body, "hostIds").stream().map(UUID::fromString).toList();
    }

    private Answer get(ApiRequest request) {
        return shown(bus.request(StorageApi.GET_POOL, pool(request), request.caller()), request);
    }

    private Answer capacity(ApiRequest request) {
        Period period = request.values()
                .text("period")
                .map(text -> Period.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(Period.DAY);
        var ask = new StorageApi.PoolPeriod(request.values().id("poolId"), period);
        return Answer.ok(bus.request(StorageApi.CAPACITY_OVER_TIME, ask, request.caller()));
    }

    private Answer delete(ApiRequest request) {
        bus.request(StorageApi.DELETE_POOL, pool(request), request.caller());
        return Answer.done();
    }

    private Answer assign(ApiRequest request) {
        return shown(bus.request(StorageApi.ASSIGN_HOST, poolHost(request), request.caller()), request);
    }

    private Answer unassign(ApiRequest request) {
        var unassign = new StorageApi.UnassignHost(
                request.values().id("poolId"),
                request.values().id("hostId"),
                request.values().flag("force").orElse(false));
        return shown(bus.request(StorageApi.UNASSIGN_HOST, unassign, request.caller()), request);
    }

    private Answer setMaintenance(ApiRequest request) {
        var change = new StorageApi.SetMaintenance(
                request.values().id("poolId"),
                Fields.flag(request.values().body(), "maintenance", false),
                request.expectedVersion());
        return shown(bus.request(StorageApi.SET_MAINTENANCE, change, request.caller()), request);
    }

    private Answer unmanaged(ApiRequest request) {
        record Item(UUID hostId, String storageName, String format, long sizeBytes) {}
        var found = bus.request(StorageApi.LIST_UNMANAGED, pool(request), request.caller());
        return Answer.ok(ListBody.all(found.items().stream()
                .map(item -> new Item(
                        item.hostId(),
                        item.volume().name(),
                        item.volume().format(),
                        item.volume().sizeBytes()))
                .toList()));
    }

    private Answer adopt(ApiRequest request) {
        JsonNode body = request.values().body();
        var adopt = new StorageApi.AdoptVolume(
                request.values().id("poolId"),
                Fields.id(body, "hostId"),
                Fields.text(body, "storageName"),
                Fields.text(body, "name"));
        return Answer.accepted(bus.request(StorageApi.ADOPT_VOLUME, adopt, request.caller()));
    }

    private Answer shown(PoolView pool, ApiRequest request) {
        return Answer.versioned(PoolBody.of(pool, HostNames.ask(bus, request.caller())), pool.version());
    }

    private static StorageApi.Pool pool(ApiRequest request) {
        return new StorageApi.Pool(request.values().id("poolId"));
    }

    private static StorageApi.PoolHost poolHost(ApiRequest request) {
        return new StorageApi.PoolHost(
                request.values().id("poolId"), request.values().id("hostId"));
    }
}
