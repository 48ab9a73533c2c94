package io.limiquantix.app;

import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.Platform;
import io.vertx.core.Deployable;
import java.util.Optional;
import java.util.function.Function;

/** A verticle that a configuration may name. */
sealed interface CataloguedVerticle {
    String name();

    /** A part of the control plane: it stands on the database, in which the schema, if any, is its own. */
    record OfControlPlane(String name, Optional<String> schema, Function<ControlPlane, Deployable> factory)
            implements CataloguedVerticle {}

    /** One that needs no database. */
    record OfHost(String name, Function<Platform, Deployable> factory) implements CataloguedVerticle {}
}
