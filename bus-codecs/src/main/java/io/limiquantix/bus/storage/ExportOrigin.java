package io.limiquantix.bus.storage;

import java.util.UUID;

/** What files for people to fetch are made of. */
public record ExportOrigin(Kind kind, UUID id) {
    public enum Kind {
        VOLUME,
        IMAGE,
        VM
    }
}
