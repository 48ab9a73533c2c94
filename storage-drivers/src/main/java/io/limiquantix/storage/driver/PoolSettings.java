package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pool was told, checked against what its driver understands. Its text shows no secret. */
public final class PoolSettings {
    private final List<Setting> known;
    private final Map<String, String> values;

    private PoolSettings(List<Setting> known, Map<String, String> values) {
        this.known = known;
        this.values = values;
    }

    /** @throws StorageException {@code INVALID} with the field, for a setting that is unknown, missing or not one line */
    public static PoolSettings of(StorageDriver driver, Map<String, String> values) {
        List<Setting> known = driver.settings();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            String name = entry.getKey();
            if (known.stream().noneMatch(s -> s.name().equals(name))) {
                throw StorageException.invalid(
                        "settings." + name, "A pool of the driver " + driver.name() + " has no such setting.");
            }
            if (entry.getValue().codePoints().anyMatch(Character::isISOControl)) {
                throw StorageException.invalid(
                        "settings." + name, "The setting " + name + " must be one line without control characters.");
            }
        }
        for (Setting setting : known) {
            if (setting.required() && values.getOrDefault(setting.name(), "").isBlank()) {
                throw StorageException.invalid(
                        "settings." + setting.name(),
                        "A pool of the driver " + driver.name() + " needs the setting " + setting.name() + ": "
                                + setting.description());
            }
        }
        return new PoolSettings(known, Map.copyOf(values));
    }

    /** A setting that {@link Setting#required} promised. */
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(name + " is not a required setting"));
    }

    /** Empty also for a blank one. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return known.stream()
                .filter(s -> !s.secret() && values.containsKey(s.name()))
                .map(s -> s.name() + "=" + values.get(s.name()))
                .toList()
                .toString();
    }
}
