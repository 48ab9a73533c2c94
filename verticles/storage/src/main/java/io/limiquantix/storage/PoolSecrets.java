package io.limiquantix.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.Wire;
import io.limiquantix.runtime.secrets.SecretBox;
import io.limiquantix.storage.PoolStore.SealedSecrets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The secrets of pools, readable on their way to a host alone. */
final class PoolSecrets {
    private final SecretBox box;

    PoolSecrets(SecretBox box) {
        this.box = box;
    }

    private record Contents(Map<String, Secret> secrets) {}

    /** Nothing for a pool that has none. */
    @Nullable
    SealedSecrets seal(UUID poolId, Map<String, Secret> secrets) {
        if (secrets.isEmpty()) {
            return null;
        }
        try {
            String text = Wire.json().writeValueAsString(new Contents(secrets));
            return new SealedSecrets(box.seal(text, context(poolId)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the secrets of pool " + poolId + " have no JSON form", e);
        }
    }

    Map<String, Secret> open(UUID poolId, @Nullable SealedSecrets sealed) {
        if (sealed == null) {
            return Map.of();
        }
        String text = box.open(sealed.bytes(), context(poolId));
        try {
            return Wire.json().readValue(text, Contents.class).secrets();
        } catch (JsonProcessingException _) {
            // What Jackson says of it would quote it.
            throw new IllegalStateException("the secrets of pool " + poolId + " are not what was sealed");
        }
    }

    private static String context(UUID poolId) {
        return "pool " + poolId;
    }
}
