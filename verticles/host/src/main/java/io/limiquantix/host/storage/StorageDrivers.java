package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.StorageDriver;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The storage drivers of this host, by their names. */
public final class StorageDrivers {
    private final Map<String, StorageDriver> byName;

    public StorageDrivers(Collection<StorageDriver> drivers) {
        this.byName = drivers.stream()
                .collect(Collectors.toMap(StorageDriver::name, Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** Those that are among the jars, ours and others'. */
    public static StorageDrivers found() {
        return new StorageDrivers(ServiceLoader.load(StorageDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** @throws FailureException {@code INVALID} when there is none of that name */
    StorageDriver require(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> FailureException.invalid(
                        "driver",
                        "No storage driver is called " + name + "; there are: " + String.join(", ", byName.keySet())
                                + "."));
    }

    /** In the order of their names. */
    public List<StorageDriver> all() {
        return List.copyOf(byName.values());
    }
}
