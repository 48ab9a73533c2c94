package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Networks. */
public final class NetworkOperations {
    private final Bus bus;

    public NetworkOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listNetworks", (Plain) this::list);
        operations.put("createNetwork", (Plain) this::create);
        operations.put("getNetwork", (Plain) this::get);
        operations.put("changeNetwork", (Plain) this::change);
        operations.put("deleteNetwork", (Plain) this::delete);
        operations.put("listLeases", (Plain) this::leases);
    }

    private Answer list(ApiRequest request) {
        var wish = new NetworkApi.ListNetworks(
                request.page(), request.values().text("search").orElse(null));
        var networks = bus.request(NetworkApi.LIST, wish, request.caller());
        Map<UUID, String> names = HostNames.ask(bus, request.caller());
        return Answer.ok(new ListBody<>(
                networks.items().stream()
                        .map(network -> NetworkBody.of(network, names))
                        .toList(),
                networks.nextCursor()));
    }

    private Answer create(ApiRequest request) {
        JsonNode body = request.values().body();
        var settings = new NetworkView.Settings(
                Fields.optionalText(body, "hostNetwork"),
                Fields.optionalText(body, "bridge"),
                body.has("vlanId") ? (Integer) body.get("vlanId").asInt() : null,
                Fields.optionalText(body, "subnet"),
                Fields.optionalText(body, "dhcpFirst"),
                Fields.optionalText(body, "dhcpLast"));
        var create = new NetworkApi.CreateNetwork(
                Fields.text(body, "name"),
                Objects.requireNonNullElse(Fields.optionalText(body, "description"), ""),
                NetworkView.Kind.valueOf(Fields.text(body, "kind")),
                settings,
                Fields.flag(body, "dhcp", true),
                Fields.flag(body, "spoofProtection", true),
                hostIds(body));
        return Answer.accepted(bus.request(NetworkApi.CREATE, create, request.caller()));
    }

    private static List<UUID> hostIds(JsonNode body) {
        return Fields.texts(body, "hostIds").stream().map(UUID::fromString).toList();
    }

    private Answer get(ApiRequest request) {
        return shown(bus.request(NetworkApi.GET, network(request), request.caller()), request);
    }

    private Answer change(ApiRequest request) {
        JsonNode body = request.values().body();
        NetworkApi.@Nullable HostChoice hosts = body.has("hostIds") ? new NetworkApi.HostChoice(hostIds(body)) : null;
        var change = new NetworkApi.ChangeNetwork(
                request.values().id("networkId"),
                request.expectedVersion(),
                Fields.optionalText(body, "description"),
                HardwareReading.optionalFlag(body, "spoofProtection"),
                hosts);
        return shown(bus.request(NetworkApi.CHANGE, change, request.caller()), request);
    }

    private Answer delete(ApiRequest request) {
        return Answer.accepted(bus.request(NetworkApi.DELETE, network(request), request.caller()));
    }

    private Answer leases(ApiRequest request) {
        return Answer.ok(bus.request(NetworkApi.LEASES, network(request), request.caller()));
    }

    private Answer shown(NetworkView network, ApiRequest request) {
        return Answer.versioned(NetworkBody.of(network, HostNames.ask(bus, request.caller())), network.version());
    }

    private static NetworkApi.Network network(ApiRequest request) {
        return new NetworkApi.Network(request.values().id("networkId"));
    }
}
