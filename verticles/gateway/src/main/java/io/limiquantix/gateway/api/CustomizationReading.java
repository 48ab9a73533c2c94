package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.compute.CustomizationApi.KeptSecret;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads customization specs, and requests that use one. */
final class CustomizationReading {
    private static final String USED = "customizationSpecId";
    private static final List<String> SETUPS = List.of("cloudInit", "cloudbase", "ignition");

    private CustomizationReading() {}

    static boolean isUsed(JsonNode body) {
        return body.has(USED);
    }

    /** What a request for a VM says of a spec; absent when it names none. */
    static @Nullable Customization use(JsonNode body) {
        @Nullable UUID spec = Fields.optionalId(body, USED);
        if (spec == null) {
            return null;
        }
        List<String> given = new ArrayList<>();
        SETUPS.stream()
                .filter(body::has)
                .forEach(setup -> body.get(setup).fieldNames().forEachRemaining(given::add));
        return new Customization(spec, given);
    }

    static SpecWish wish(JsonNode body) {
        List<FieldError> errors = new ArrayList<>();
        CloudInitReading reading = new CloudInitReading(errors);
        SpecWish wish = new SpecWish(
                Fields.text(body, "name"),
                Objects.requireNonNullElse(Fields.optionalText(body, "description"), ""),
                Objects.requireNonNullElse(Fields.optionalText(body, "hostNamePattern"), "{name}"),
                body.has("cloudInit") ? reading.read(body.get("cloudInit")) : null,
                body.has("cloudbase") ? reading.cloudbase(body.get("cloudbase")) : null);
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
        return wish;
    }

    static List<KeptSecret> forget(JsonNode body) {
        return Fields.texts(body, "forget").stream()
                .map(name -> name.equals("password") ? KeptSecret.PASSWORD : KeptSecret.USER_DATA)
                .toList();
    }
}
