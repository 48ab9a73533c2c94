package io.limiquantix.app;

import io.limiquantix.compute.ComputeVerticle;
import io.limiquantix.gateway.GatewayVerticle;
import io.limiquantix.guest.GuestAgentsVerticle;
import io.limiquantix.host.HostVerticle;
import io.limiquantix.identity.IdentityVerticle;
import io.limiquantix.images.ImagesVerticle;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.limiquantix.scheduler.SchedulerVerticle;
import io.limiquantix.storage.StorageVerticle;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every verticle that a configuration may name, in the order in which they start. */
enum VerticleCatalogue {
    IDENTITY("identity", Optional.of("identity"), IdentityVerticle::new),
    SCHEDULER("scheduler", Optional.of("scheduler"), SchedulerVerticle::new),
    STORAGE("storage", Optional.of("storage"), StorageVerticle::new),
    IMAGES("images", Optional.of("images"), ImagesVerticle::new),
    COMPUTE("compute", Optional.of("compute"), ComputeVerticle::new),
    GUEST_AGENTS("guest-agents", Optional.empty(), GuestAgentsVerticle::new),
    GATEWAY("gateway", Optional.of("gateway"), GatewayVerticle::new),
    HOST("host", HostVerticle::new);

    private final String verticleName;
    private final Optional<String> schema;
    private final Optional<Function<ControlPlane, Deployable>> onControlPlane;
    private final Optional<Function<Platform, Deployable>> onPlatform;

    VerticleCatalogue(String name, Optional<String> schema, Function<ControlPlane, Deployable> factory) {
        this.verticleName = name;
        this.schema = schema;
        this.onControlPlane = Optional.of(factory);
        this.onPlatform = Optional.empty();
    }

    VerticleCatalogue(String name, Function<Platform, Deployable> factory) {
        this.verticleName = name;
        this.schema = Optional.empty();
        this.onControlPlane = Optional.empty();
        this.onPlatform = Optional.of(factory);
    }

    /** The verticles of these names, in the order of starting; an unknown name is refused. */
    static List<VerticleCatalogue> named(List<String> names) {
        List<String> known = Stream.of(values()).map(v -> v.verticleName).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "platform.verticles names \"" + name + "\", which is none of " + known + ".");
            }
        }
        return Stream.of(values()).filter(v -> names.contains(v.verticleName)).toList();
    }

    String verticleName() {
        return verticleName;
    }

    /** The part of the database that is its own. */
    Optional<String> schema() {
        return schema;
    }

    boolean needsControlPlane() {
        return onControlPlane.isPresent();
    }

    Deployable create(Platform platform, Optional<ControlPlane> controlPlane) {
        return onPlatform
                .map(factory -> factory.apply(platform))
                .orElseGet(() -> onControlPlane.orElseThrow().apply(controlPlane.orElseThrow()));
    }
}
