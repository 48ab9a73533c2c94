package io.limiquantix.storage.driver.ceph;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an RBD image of this driver is called: {@code limiquantix-volume-<id>} and so on. The same RBD pool may hold images of
 * others, which are called otherwise.
 */
record OwnName(Kind kind, UUID id) {
    /** What all names of ours begin with. */
    static final String PREFIX = "limiquantix-";

    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(volume|image|seed)-(" + ID + ")");

    /** What it is. */
    enum Kind {
        VOLUME("volume"),
        IMAGE("image"),
        /** Its id is the VM's. */
        SEED("seed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String name(UUID id) {
            return PREFIX + word + "-" + id;
        }
    }

    /** Empty for the name of anything else. */
    static Optional<OwnName> of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Kind kind =
                switch (parts.group(1)) {
                    case "volume" -> Kind.VOLUME;
                    case "image" -> Kind.IMAGE;
                    default -> Kind.SEED;
                };
        return Optional.of(new OwnName(kind, UUID.fromString(parts.group(2))));
    }

    static Optional<UUID> id(Kind kind, String name) {
        return of(name).filter(own -> own.kind() == kind).map(OwnName::id);
    }

    /** Empty for a text that is no id. */
    static Optional<UUID> id(String text) {
        return text.matches(ID) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
