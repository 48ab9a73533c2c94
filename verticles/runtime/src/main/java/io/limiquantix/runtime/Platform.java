package io.limiquantix.runtime;

import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.config.Configuration;
import io.limiquantix.runtime.health.Health;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What every verticle stands on.
 *
 * @param dataDirectory where everything that must survive a restart is kept; each verticle has a folder of its name
 */
public record Platform(
        Vertx vertx, Bus bus, Clock clock, Path dataDirectory, Configuration configuration, Health health) {
    public static final String VERSION = "0.1.0";
}
