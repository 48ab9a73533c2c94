package io.limiquantix.images;

import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.images.system.ImageNames;
import io.limiquantix.images.system.SystemClaims;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is said of the systems in images, in the database. */
final class SystemStore {
    /** What is known of an image when it is announced. */
    static SystemClaims first(ImagesApi.CreateImage image) {
        SystemClaims named = SystemClaims.NONE.with(
                Source.NAME, ImageNames.recognise(image.name()).orElse(SystemFacts.NOTHING));
        @Nullable SystemFacts said = image.operatingSystem();
        return said == null ? named : named.with(Source.USER, said);
    }

    /** What the source says of the image's system from now on, in place of what it said before. */
    void learned(Transaction tx, UUID id, Source source, SystemFacts facts) {
        claims(tx, id, claims -> claims.with(source, facts));
    }

    /** The row is locked by whoever changes it. */
    private static void claims(Transaction tx, UUID id, UnaryOperator<SystemClaims> change) {
        tx.queryOne(
                        "select systems from images.images where id = $1 for update",
                        row -> row.json("systems", SystemClaims.class),
                        id)
                .ifPresent(now -> tx.update(
                        "update images.images set systems = $2 where id = $1", id, Json.of(change.apply(now))));
    }

    /** The name of the file says more than that of the image, if it says anything. */
    void fileNamed(Transaction tx, UUID id, String file) {
        ImageNames.recognise(file).ifPresent(facts -> learned(tx, id, Source.NAME, facts));
    }

    /** A new name says something where no name did. */
    void named(Transaction tx, UUID id, String name) {
        claims(
                tx,
                id,
                claims -> claims.isSaidBy(Source.NAME)
                        ? claims
                        : claims.with(Source.NAME, ImageNames.recognise(name).orElse(SystemFacts.NOTHING)));
    }

    void ofOtherBytes(Transaction tx, UUID id) {
        claims(tx, id, SystemClaims::ofOtherBytes);
    }
}
