package io.limiquantix.host.stream;

import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import java.util.UUID;

/** What a ticket admits to, and nothing else. */
public sealed interface StreamPurpose {
    /** A console of this VM, whichever domain runs it when the ticket is redeemed. */
    record Console(UUID vmId, ConsoleKind kind) implements StreamPurpose {}

    /** The bytes of this image. */
    record Upload(UUID poolId, UUID imageId, long maxBytes) implements StreamPurpose {}

    /** The file of this export. */
    record Download(UUID exportId) implements StreamPurpose {}
}
