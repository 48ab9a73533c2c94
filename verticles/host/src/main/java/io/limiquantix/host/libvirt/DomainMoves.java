package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.MovedDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.Domain.MigrateFlags;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.libvirt.MissingCalls.State;
import org.libvirt.TypedParameter;
import org.libvirt.TypedStringParameter;

/** Sends running domains to other hosts' libvirt (virDomainMigrateToURI3); they arrive paused. */
public final class DomainMoves {
    private static final String WHAT = "The virtual machine could not be moved";
    /** {@code VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_MIGRATABLE}: with its secrets. */
    private static final int AS_IT_RUNS = 1 | 8;
    /** The same with {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = AS_IT_RUNS | 2;

    private static final int ONE_COPY_IN_THE_END =
            MigrateFlags.PEER2PEER | MigrateFlags.PERSIST_DEST | MigrateFlags.UNDEFINE_SOURCE;
    /** Of virDomainState; its reason once all has arrived is that somebody wanted it so. */
    private static final State ARRIVED = new State(3, 1);

    private final LibvirtConnection connection;

    public DomainMoves(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** The sockets that lead to the other host, by the paths that QEMU and libvirt find them by. */
    public record Way(Path memory, Path disks, Path libvirt) {}

    /** Where a domain is with its move, to the host that it leaves. */
    public enum Stage {
        RUNS,
        AT_WORK,
        PAUSED,
        OFF,
        GONE
    }

    /**
     * Blocks until it is at the other host and not here any more.
     *
     * @param there as the other host would define it
     * @param volumesToSend those of its disks that the other host has empty
     */
    public void move(UUID vmId, String there, List<UUID> volumesToSend, MoveLimits limits, Way way, Instant deadline) {
        connection.withDomainAtLength(vmId, WHAT, deadline, domain -> {
            String xml = domain.getXMLDesc(AS_IT_RUNS);
            List<TypedParameter> parameters = new ArrayList<>();
            parameters.add(new TypedStringParameter("migrate_uri", "unix://" + way.memory()));
            parameters.add(new TypedStringParameter("destination_name", MovedDefinition.name(there)));
            parameters.add(new TypedStringParameter("destination_xml", MovedDefinition.of(xml, there)));
            parameters.add(new TypedStringParameter(
                    "persistent_xml", MovedDefinition.of(domain.getXMLDesc(AS_DEFINED), there)));
            int flags = ONE_COPY_IN_THE_END | MigrateFlags.PAUSED;
            if (!LiveDefinition.parse(xml).isEmulated()) {
                flags |= MigrateFlags.LIVE;
            }
            if (!volumesToSend.isEmpty()) {
                flags |= MigrateFlags.NON_SHARED_INC;
                parameters.add(new TypedStringParameter("disks_uri", "unix://" + way.disks()));
                for (UUID volume : volumesToSend) {
                    parameters.add(new TypedStringParameter("migrate_disks", MovedDefinition.target(xml, volume)));
                }
            }
            MoveSpeed speed = new MoveSpeed(limits);
            speed.bandwidth(volumesToSend.size()).ifPresent(parameters::add);
            String other = "qemu+unix:///system?socket=" + way.libvirt();
            TypedParameter[] all = parameters.toArray(TypedParameter[]::new);
            int withSpeed = flags | speed.flags();
            speed.during(domain, d -> d.migrateToURI(other, all, withSpeed));
            LeftVariables.forget(domain.getConnect(), xml);
            return true;
        });
    }

    public Stage stage(UUID vmId, Instant deadline) {
        return find(vmId, deadline, DomainMoves::stage).orElse(Stage.GONE);
    }

    private static Stage stage(Domain domain) throws LibvirtException {
        if (Domains.isStopped(domain)) {
            return Stage.OFF;
        }
        if (domain.getJobInfo().getType() != 0) {
            return Stage.AT_WORK;
        }
        return DomainStates.isPaused(MissingCalls.state(domain)) ? Stage.PAUSED : Stage.RUNS;
    }

    /** How far what is at work on the domain has come. */
    public CopyProgress look(UUID vmId, Instant deadline) {
        return find(vmId, deadline, domain -> JobProgress.of(domain.getJobInfo()))
                .orElse(new CopyProgress(CopyState.NOT_HERE, 0));
    }

    /** Tells libvirt to end what is at work; libvirt refuses that in its first and its last moment, which is no failure. */
    public void end(UUID vmId, Instant deadline) {
        find(vmId, deadline, domain -> {
            try {
                domain.abortJob();
            } catch (LibvirtException e) {
                if (LibvirtFailures.isCutOff(e)) {
                    throw e;
                }
            }
            return true;
        });
    }

    /**
     * Lets one that has arrived run; success when it runs.
     *
     * @throws FailureException {@code CONFLICT} while not all of it is here, {@code NOT_FOUND}
     */
    public void letRun(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The virtual machine could not go on", deadline, domain -> {
            State state = MissingCalls.state(domain);
            if (DomainStates.isPaused(state) && !state.equals(ARRIVED)) {
                throw FailureException.conflict(
                        "Not all of the virtual machine has arrived (" + DomainStates.reason(state) + ").");
            }
            if (Domains.isStopped(domain)) {
                throw FailureException.conflict("What arrived of the virtual machine has ended.");
            }
            return Transition.of(domain, d -> !DomainStates.isPaused(MissingCalls.state(d)), Domain::resume);
        });
    }

    private <T> Optional<T> find(UUID vmId, Instant deadline, LibvirtConnection.DomainUse<T> use) {
        return connection.callFor(
                vmId,
                "The virtual machine could not be looked at",
                deadline,
                connect -> Domains.lookUp(connect, c -> c.domainLookupByUUID(vmId), use));
    }
}
