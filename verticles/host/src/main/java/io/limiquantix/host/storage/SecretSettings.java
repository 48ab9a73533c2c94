package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a pool's settings together for its driver; what is secret must have come as a secret, or it would be shown. */
final class SecretSettings {
    private SecretSettings() {}

    /** @throws FailureException {@code INVALID} for a setting that came in the wrong place */
    static Map<String, String> joined(StorageDriver driver, OpenPool request) {
        Set<String> secret = driver.settings().stream()
                .filter(Setting::secret)
                .map(Setting::name)
                .collect(Collectors.toSet());
        Map<String, String> all = new HashMap<>();
        request.settings().forEach((name, value) -> {
            if (secret.contains(name)) {
                throw FailureException.invalid(
                        "settings." + name, "The setting " + name + " is secret; give it among the secrets.");
            }
            all.put(name, value);
        });
        request.secrets().forEach((name, value) -> {
            if (!secret.contains(name)) {
                throw FailureException.invalid(
                        "secrets." + name, "A pool of the driver " + driver.name() + " has no secret of that name.");
            }
            all.put(name, value.reveal());
        });
        return all;
    }
}
