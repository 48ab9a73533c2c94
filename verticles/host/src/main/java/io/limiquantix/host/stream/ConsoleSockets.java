package io.limiquantix.host.stream;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.libvirt.Domains;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where QEMU listens for a VM's consoles. Asked of libvirt each time by the VM's id: a path that was remembered may have
 * become another VM's.
 */
public final class ConsoleSockets {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Domains domains;
    private final Clock clock;

    public ConsoleSockets(Domains domains, Clock clock) {
        this.domains = domains;
        this.clock = clock;
    }

    /** @throws FailureException {@code CONFLICT} when it does not run */
    Path vnc(UUID vmId) {
        LiveDefinition definition = definition(vmId);
        return present(definition, definition.vncSocket());
    }

    /** @throws FailureException {@code CONFLICT} when it has no serial port on a socket */
    Path serial(UUID vmId) {
        LiveDefinition definition = definition(vmId);
        return present(definition, definition.serialSocket());
    }

    /**
     * Refuses early what a domain that was adopted while it ran has after its next start only.
     *
     * @throws FailureException {@code CONFLICT} with that reason
     */
    public void requireIfAdopted(DomainApi.OpenConsole wish) {
        LiveDefinition definition = definition(wish.vmId());
        if (!definition.adoption().volumes().isEmpty()) {
            present(
                    definition,
                    switch (wish.kind()) {
                        case VNC -> definition.vncSocket();
                        case SERIAL -> definition.serialSocket();
                    });
        }
    }

    private LiveDefinition definition(UUID vmId) {
        return domains.definition(vmId, clock.instant().plus(PATIENCE));
    }

    private static Path present(LiveDefinition definition, Optional<Path> socket) {
        return socket.orElseThrow(() -> FailureException.conflict(
                definition.adoption().volumes().isEmpty()
                        ? "The virtual machine has no such console now; is it running?"
                        : "The virtual machine was adopted: its screen and its serial port are reachable after its next start,"
                                + " if it has them."));
    }
}
