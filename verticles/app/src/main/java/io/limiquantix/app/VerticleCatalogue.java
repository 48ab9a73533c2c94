package io.limiquantix.app;

import io.limiquantix.compute.ComputeVerticle;
import io.limiquantix.gateway.GatewayVerticle;
import io.limiquantix.guest.GuestAgentsVerticle;
import io.limiquantix.host.HostVerticle;
import io.limiquantix.identity.IdentityVerticle;
import io.limiquantix.images.ImagesVerticle;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.scheduler.SchedulerVerticle;
import io.limiquantix.storage.StorageVerticle;
import io.vertx.core.Deployable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every verticle there is, in the order in which they start. */
final class VerticleCatalogue {
    private static final List<CataloguedVerticle> ALL = List.of(
            withSchema("identity", IdentityVerticle::new),
            withSchema("scheduler", SchedulerVerticle::new),
            withSchema("storage", StorageVerticle::new),
            withSchema("images", ImagesVerticle::new),
            withSchema("compute", ComputeVerticle::new),
            new CataloguedVerticle.OfControlPlane("guest-agents", Optional.empty(), GuestAgentsVerticle::new),
            withSchema("gateway", GatewayVerticle::new),
            new CataloguedVerticle.OfHost("host", HostVerticle::new));

    private VerticleCatalogue() {}

    private static CataloguedVerticle withSchema(String name, Function<ControlPlane, Deployable> factory) {
        return new CataloguedVerticle.OfControlPlane(name, Optional.of(name), factory);
    }

    /** The verticles of these names, in the order of starting; an unknown name is refused. */
    static List<CataloguedVerticle> named(List<String> names) {
        List<String> known = ALL.stream().map(CataloguedVerticle::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "platform.verticles names \"" + name + "\", which is none of " + known + ".");
            }
        }
        return ALL.stream().filter(v -> names.contains(v.name())).toList();
    }
}
