package io.limiquantix.storage.driver.lvm;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a logical volume of this driver is called: {@code limiquantix-volume-<id>} and so on. The same group may hold volumes of
 * others, which are called otherwise.
 */
record OwnName(Kind kind, UUID id) {
    /** What all names of ours begin with. */
    static final String PREFIX = "limiquantix-";

    /** Before its name while it is made. */
    static final String MAKING = PREFIX + "making-";
    /** Before its name when it is whole and is to take the place of an earlier one. */
    static final String READY = PREFIX + "ready-";
    /** Before its name while it is removed. */
    static final String REMOVED = PREFIX + "removed-";

    private static final Pattern NAME =
            Pattern.compile(PREFIX + "(volume|image|seed|snapshot)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** What it is; a seed's id is its VM's. */
    enum Kind {
        VOLUME,
        IMAGE,
        SEED,
        SNAPSHOT;

        String name(UUID id) {
            return PREFIX + name().toLowerCase(Locale.ROOT) + "-" + id;
        }
    }

    /** Empty for the name of anything else. */
    static Optional<OwnName> of(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new OwnName(
                        Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), UUID.fromString(parts.group(2))))
                : Optional.empty();
    }

    static Optional<UUID> id(Kind kind, String name) {
        return of(name).filter(own -> own.kind() == kind).map(OwnName::id);
    }
}
