package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Network cards of VMs. */
public final class NicOperations {
    private static final String INBOUND = "inboundBytesPerSecond";
    private static final String OUTBOUND = "outboundBytesPerSecond";

    private final Bus bus;

    public NicOperations(Bus bus) {
        this.bus = bus;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("attachNic", (Plain) this::attach);
        operations.put("changeNic", (Plain) this::change);
        operations.put("detachNic", (Plain) this::detach);
    }

    private Answer attach(ApiRequest request) {
        JsonNode body = request.values().body();
        NicSpec nic =
                new NicSpec(Fields.text(body, "network"), Fields.optionalText(body, "mac"), HardwareReading.nic(body));
        var attach = new ComputeApi.AttachNic(request.values().id("vmId"), nic);
        return Answer.accepted(bus.request(ComputeApi.ATTACH_NIC, attach, request.caller()));
    }

    private Answer change(ApiRequest request) {
        JsonNode body = request.values().body();
        UUID vmId = request.values().id("vmId");
        String mac = mac(request);
        var change = new ComputeApi.ChangeNic(
                vmId,
                mac,
                Fields.optionalText(body, "network"),
                HardwareReading.optionalFlag(body, "linkUp"),
                Fields.optionalConstant(body, "model", NicHardware.Model.class),
                bandwidth(body, vmId, mac, request),
                HardwareReading.optionalFlag(body, "allowSpoofing"));
        return Answer.accepted(bus.request(ComputeApi.CHANGE_NIC, change, request.caller()));
    }

    /** Both limits as they are to be; absent when neither was named. */
    private @Nullable Bandwidth bandwidth(JsonNode body, UUID vmId, String mac, ApiRequest request) {
        if (!body.has(INBOUND) && !body.has(OUTBOUND)) {
            return null;
        }
        Bandwidth now = bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), request.caller()).nics().stream()
                .filter(nic -> nic.mac().equals(mac))
                .map(nic -> NicHardware.orPlain(nic.hardware()).bandwidth())
                .filter(limits -> limits != null)
                .findFirst()
                .orElse(new Bandwidth(null, null));
        return new Bandwidth(
                said(body, INBOUND, now.inboundBytesPerSecond()), said(body, OUTBOUND, now.outboundBytesPerSecond()));
    }

    private static @Nullable Long said(JsonNode body, String field, @Nullable Long otherwise) {
        if (!body.has(field)) {
            return otherwise;
        }
        return body.get(field).isNull() ? null : (Long) body.get(field).asLong();
    }

    private Answer detach(ApiRequest request) {
        var detach = new ComputeApi.DetachNic(request.values().id("vmId"), mac(request));
        return Answer.accepted(bus.request(ComputeApi.DETACH_NIC, detach, request.caller()));
    }

    private static String mac(ApiRequest request) {
        return request.values().text("mac").orElseThrow().toLowerCase(Locale.ROOT);
    }
}
