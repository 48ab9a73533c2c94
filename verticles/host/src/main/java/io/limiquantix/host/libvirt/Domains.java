package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.DomainDocument;
import io.limiquantix.host.domain.DomainFacts;
import io.limiquantix.host.domain.DomainPlace;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.libvirt.MissingCalls.State;

/**
 * What can be done with a domain. A domain that is already where a change would bring it is success; a reboot and a reset
 * bring it nowhere and happen each time. Calls block until libvirt has confirmed or the deadline is over.
 */
public final class Domains {
    private static final int MANAGED_SAVE = 1;
    private static final int SNAPSHOTS_METADATA = 2;
    private static final int NVRAM = 4;
    private static final int CHECKPOINTS_METADATA = 16;
    /** libvirt forgets a TPM's state by itself; it knows a flag for that since 8.9 only. */
    private static final int FORGET_ALL = MANAGED_SAVE | SNAPSHOTS_METADATA | NVRAM | CHECKPOINTS_METADATA;

    private static final int ACPI = 1;
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;

    private static final int RESIZE_IN_BYTES = 1;
    private static final int SHORT_ID = 8;

    private final LibvirtConnection connection;
    private final DomainStarts starts;

    public Domains(LibvirtConnection connection) {
        this.connection = connection;
        this.starts = new DomainStarts(connection);
    }

    /** Defines the domain anew; {@code place} is given libvirt's name for it, which an existing domain keeps. */
    public void define(DomainSpec spec, Function<String, DomainPlace> place, Instant deadline) {
        connection.callFor(spec.vmId(), "The domain could not be defined", deadline, connect -> {
            String name = nameFor(connect, spec);
            connect.domainDefineXML(DomainDocument.of(spec, place.apply(name))).free();
            return true;
        });
    }

    /** The name that it would be given, or has. */
    public String nameFor(DomainSpec spec, Instant deadline) {
        return connection.callFor(
                spec.vmId(), "The domain's name could not be chosen", deadline, connect -> nameFor(connect, spec));
    }

    private static String nameFor(Connect connect, DomainSpec spec) throws LibvirtException {
        Optional<String> known = lookUp(connect, c -> c.domainLookupByUUID(spec.vmId()), domain -> {
            if (LiveDefinition.parse(domain.getXMLDesc(0)).digest().isEmpty()) {
                throw FailureException.conflict(
                        "libvirt has a domain with the id " + spec.vmId() + " that is not ours.");
            }
            return domain.getName();
        });
        if (known.isPresent()) {
            return known.get();
        }
        boolean taken = lookUp(connect, c -> c.domainLookupByName(spec.name()), d -> true)
                .isPresent();
        return taken ? spec.name() + "-" + lastPart(spec.vmId()) : spec.name();
    }

    /** The end of an id, which unlike its beginning is random. */
    private static String lastPart(UUID id) {
        String text = id.toString();
        return text.substring(text.length() - SHORT_ID);
    }

    /** Empty also when the domain vanishes while it is used. */
    static <T> Optional<T> lookUp(Connect connect, Session.Use<Domain> look, LibvirtConnection.DomainUse<T> use)
            throws LibvirtException {
        try {
            Domain domain = look.with(connect);
            try {
                return Optional.of(use.with(domain));
            } finally {
                domain.free();
            }
        } catch (LibvirtException e) {
            if (LibvirtFailures.isMissingDomain(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public void start(UUID vmId, Instant deadline) {
        starts.start(vmId, deadline);
    }

    /** Presses the power button. */
    public void shutDown(UUID vmId, Instant deadline) {
        connection.withDomain(
                vmId,
                "The guest could not be asked to shut down",
                deadline,
                domain -> Transition.of(domain, Domains::isEnding, d -> {
                    refusePaused(d);
                    MissingCalls.shutdown(d, ACPI);
                }));
    }

    /** Between the guest's end and that of its process, libvirt says that the domain is not running. */
    private static boolean isEnding(Domain domain) throws LibvirtException {
        return isStopped(domain) || state(domain) == PowerState.STOPPING;
    }

    /** Presses the power button and starts the guest again once it has stopped; each call does it once more. */
    public void reboot(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The guest could not be asked to reboot", deadline, domain -> {
            refuseStopped(domain);
            refusePaused(domain);
            domain.reboot(ACPI);
            return true;
        });
    }

    /** Ends it like pulling the plug, and forgets its memory where that is kept. */
    public void forceStop(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be stopped", deadline, domain -> {
            Transition.of(domain, Domains::isStopped, Domain::destroy);
            return DomainSaves.forget(domain);
        });
    }

    /** Presses the reset button; each call does it once more. */
    public void reset(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be reset", deadline, domain -> {
            refuseStopped(domain);
            domain.reset();
            return true;
        });
    }

    public void pause(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be paused", deadline, domain -> {
            refuseStopped(domain);
            return Transition.of(domain, d -> state(d) == PowerState.PAUSED, Domain::suspend);
        });
    }

    public void resume(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be resumed", deadline, domain -> {
            refuseStopped(domain);
            return Transition.of(domain, d -> state(d) != PowerState.PAUSED, Domain::resume);
        });
    }

    /**
     * Ends it if it runs and removes the definition; success when there is none.
     *
     * @throws FailureException {@code CONFLICT} when it is not ours: one that was released has the same id still
     */
    public void undefine(UUID vmId, Instant deadline) {
        connection.callFor(
                vmId,
                "The domain could not be removed",
                deadline,
                connect -> lookUp(connect, c -> c.domainLookupByUUID(vmId), Domains::remove));
    }

    private static boolean remove(Domain domain) throws LibvirtException {
        if (LiveDefinition.parse(domain.getXMLDesc(0)).digest().isEmpty()) {
            throw FailureException.conflict("The domain " + domain.getName()
                    + " of libvirt is not LimiQuantix's: its definition has no metadata of it, so nothing of it is deleted."
                    + " If nobody needs it, remove it with virsh undefine first.");
        }
        // A transient domain vanishes when it is stopped.
        boolean persistent = domain.isPersistent() == 1;
        Transition.of(domain, Domains::isStopped, Domain::destroy);
        if (persistent) {
            domain.undefine(FORGET_ALL);
        }
        return true;
    }

    /** Answers {@code defined = false} for a domain that is not there. */
    public DomainFacts get(UUID vmId, Instant deadline) {
        return connection
                .callFor(
                        vmId,
                        "The domain could not be read",
                        deadline,
                        connect -> lookUp(connect, c -> c.domainLookupByUUID(vmId), Domains::facts))
                .orElseGet(() -> DomainFacts.gone(vmId, "not there"));
    }

    /** What libvirt says of how the domain runs now. */
    public LiveDefinition definition(UUID vmId, Instant deadline) {
        return findDefinition(vmId, deadline)
                .orElseThrow(() -> FailureException.notFound("libvirt has no domain with the id " + vmId + "."));
    }

    /** The same where the domain may be gone by now. */
    public Optional<LiveDefinition> findDefinition(UUID vmId, Instant deadline) {
        return connection.callFor(
                vmId,
                "The domain's definition could not be read",
                deadline,
                connect -> lookUp(
                        connect,
                        c -> c.domainLookupByUUID(vmId),
                        domain -> LiveDefinition.parse(domain.getXMLDesc(0))));
    }

    /** Grows a running domain's disk; QEMU does it. */
    public void resizeDisk(UUID vmId, String target, long bytes, Instant deadline) {
        connection.withDomain(vmId, "The disk could not be resized", deadline, domain -> {
            domain.blockResize(target, bytes, RESIZE_IN_BYTES);
            return true;
        });
    }

    /** Also when it is gone, as a transient domain is once it has ended. */
    static boolean isStopped(Domain domain) throws LibvirtException {
        try {
            return domain.isActive() == 0;
        } catch (LibvirtException e) {
            if (LibvirtFailures.isMissingDomain(e)) {
                return true;
            }
            throw e;
        }
    }

    private static void refuseStopped(Domain domain) throws LibvirtException {
        if (isStopped(domain)) {
            throw FailureException.conflict("The virtual machine is not running; start it first.");
        }
    }

    private static void refusePaused(Domain domain) throws LibvirtException {
        if (state(domain) == PowerState.PAUSED) {
            throw FailureException.conflict("The virtual machine is paused; resume it first.");
        }
    }

    private static PowerState state(Domain domain) throws LibvirtException {
        return DomainStates.power(MissingCalls.state(domain));
    }

    static DomainFacts facts(Domain domain) throws LibvirtException {
        State state = MissingCalls.state(domain);
        LiveDefinition definition = LiveDefinition.parse(domain.getXMLDesc(0));
        return new DomainFacts(
                UUID.fromString(domain.getUUIDString()),
                domain.getName(),
                DomainSaves.isSaved(domain) ? PowerState.SUSPENDED : DomainStates.power(state),
                DomainStates.reason(state),
                true,
                definition.agentConnected(),
                definition.digest().orElse(null),
                definition.digest().isPresent() ? pending(domain, definition) : List.of());
    }

    private static List<PendingChange> pending(Domain domain, LiveDefinition live) throws LibvirtException {
        if (domain.isActive() == 0 || domain.isPersistent() == 0) {
            return List.of();
        }
        LiveDefinition defined = LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED));
        return Pending.between(live.machine(), defined.machine());
    }
}
