package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.HostStorageApi.DriverView;
import io.limiquantix.bus.host.HostStorageApi.SettingView;
import io.limiquantix.bus.storage.StorageApi;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pool is told once somebody has changed a part of it: only what its driver lets be changed, and nothing that it needs is
 * taken away. Saying again what is so already is no change.
 */
record PoolAmendment(Map<String, String> settings, Map<String, Secret> secrets) {
    PoolAmendment {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** @throws FailureException {@code INVALID} with the setting, as {@code settings.path} or {@code secrets.key} */
    PoolAmendment with(StorageApi.ChangePool change, DriverView driver) {
        return new PoolAmendment(
                new Kind("settings", driver, false).amended(settings, change.settings(), change.removedSettings()),
                new Kind("secrets", driver, true).amended(secrets, change.secrets(), change.removedSecrets()));
    }

    /** Those settings of a driver that are secret, or those that are not. */
    private record Kind(String field, DriverView driver, boolean secret) {
        <V> Map<String, V> amended(Map<String, V> before, Map<String, V> given, List<String> removed) {
            Map<String, V> after = new HashMap<>(before);
            after.putAll(given);
            Set<String> touched = new HashSet<>(given.keySet());
            for (String name : removed) {
                after.remove(name);
                touched.add(name);
            }
            for (String name : touched) {
                SettingView setting = known(name);
                if (same(before, after, name)) {
                    continue;
                }
                requireChangeable(setting);
                requireKept(setting, after.containsKey(name));
            }
            return after;
        }

        private static <V> boolean same(Map<String, V> before, Map<String, V> after, String name) {
            return before.containsKey(name) == after.containsKey(name)
                    && (!before.containsKey(name) || before.get(name).equals(after.get(name)));
        }

        private SettingView known(String name) {
            SettingView setting = driver.settings().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> refused(name, "A pool of the driver " + driver.name() + " has no such setting."));
            if (setting.secret() && !secret) {
                throw refused(name, "The setting " + name + " is secret; give it among the secrets.");
            }
            if (!setting.secret() && secret) {
                throw refused(name, "The setting " + name + " is not secret; give it among the settings.");
            }
            return setting;
        }

        private void requireChangeable(SettingView setting) {
            if (!setting.changeable()) {
                throw refused(
                        setting.name(),
                        ("The setting " + setting.name() + " of a pool cannot be changed. " + setting.aboutChange())
                                .strip());
            }
        }

        private void requireKept(SettingView setting, boolean isThere) {
            if (setting.required() && !isThere) {
                throw refused(
                        setting.name(),
                        "A pool of the driver " + driver.name() + " needs the setting " + setting.name() + ": "
                                + setting.description());
            }
        }

        private FailureException refused(String name, String why) {
            return FailureException.invalid(field + "." + name, why);
        }
    }
}
