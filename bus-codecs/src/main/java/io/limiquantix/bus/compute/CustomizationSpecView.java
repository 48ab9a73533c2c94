package io.limiquantix.bus.compute;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How guests are set up, kept under a name to be used again; one of the two kinds of set-up is there. It holds no secret: the password's
 * hash and the user-data never leave their keeper but for a guest.
 *
 * @param hostNamePattern what each guest is called, with {@code {name}} for its VM's name and {@code {n}} for its number among clones
 * @param hasPassword whether a password is kept
 * @param hasUserData whether user-data is kept
 * @param version grows with each change
 */
public record CustomizationSpecView(
        UUID id,
        String name,
        String description,
        String hostNamePattern,
        @Nullable CloudInit cloudInit,
        @Nullable Cloudbase cloudbase,
        boolean hasPassword,
        boolean hasUserData,
        Instant createdAt,
        Instant changedAt,
        long version) {}
