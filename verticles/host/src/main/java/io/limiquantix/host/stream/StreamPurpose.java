package io.limiquantix.host.stream;

import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a ticket admits to, and nothing else. */
public sealed interface StreamPurpose {
    /** A console of this VM, whichever domain runs it when the ticket is redeemed. */
    record Console(UUID vmId, ConsoleKind kind) implements StreamPurpose {}

    /**
     * The bytes of this image.
     *
     * @param maxBytes how many there may be
     * @param offset where this part of them begins, absent when they come all at once
     */
    record Upload(
            UUID poolId,
            UUID imageId,
            long maxBytes,
            @Nullable Long offset) implements StreamPurpose {
        long begins() {
            return offset == null ? 0 : offset;
        }
    }

    /** The file of this export. */
    record Download(UUID exportId) implements StreamPurpose {}

    /** A connection to what this host's hypervisor listens on for a machine that arrives. */
    record Migration(UUID migrationId, Channel channel) implements StreamPurpose {}
}
