package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** A device is gone from a running domain when its guest has let go of it, which libvirt only asks for. */
final class Removal {
    /** {@code VIR_DOMAIN_AFFECT_LIVE}. */
    private static final int LIVE = 1;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** What an answer needs to reach whoever asked. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final LibvirtConnection connection;

    Removal(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** @param refusal what libvirt said when it was asked, in brackets; empty when it said nothing */
    record Look(boolean gone, String refusal) {
        static final Look GONE = new Look(true, "");
    }

    /**
     * Waits until the device is gone; success when the domain is not there.
     *
     * @param device as in "the disk"
     * @param advice what to do when the guest does not let go
     * @param ask asks the guest where that is needed, and looks
     * @throws FailureException {@code CONFLICT} when the guest has not let go shortly before the deadline
     */
    void await(UUID vmId, String device, String advice, LibvirtConnection.DomainUse<Look> ask, Instant deadline) {
        Instant end = deadline.minus(SPARE);
        // The guest is asked anew from time to time: one that boots does not hear the first question.
        Look look = ask(vmId, device, ask, deadline);
        while (!look.gone()) {
            if (Instant.now().isAfter(end)) {
                throw FailureException.conflict("The guest has not let go of " + device + ", so it still has it"
                        + look.refusal() + ". " + advice);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            look = ask(vmId, device, ask, deadline);
        }
    }

    /** libvirt itself waits a few seconds for the guest. */
    private Look ask(UUID vmId, String device, LibvirtConnection.DomainUse<Look> ask, Instant deadline) {
        return connection
                .callFor(
                        vmId,
                        "It could not be asked to let go of " + device,
                        deadline,
                        connect -> Domains.lookUp(connect, c -> c.domainLookupByUUID(vmId), ask))
                .orElse(Look.GONE);
    }

    /** Whether the device is gone afterwards is what counts: an earlier question may still stand. */
    static String askFor(Domain domain, String device) throws LibvirtException {
        try {
            domain.detachDeviceFlags(device, LIVE);
            return "";
        } catch (LibvirtException e) {
            if (LibvirtFailures.isCutOff(e)) {
                throw e;
            }
            return " (" + e.getMessage() + ")";
        }
    }
}
