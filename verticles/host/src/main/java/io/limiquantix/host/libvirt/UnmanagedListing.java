package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.UnmanagedDomains;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.host.domain.AdoptableDefinition;
import io.limiquantix.host.domain.AdoptableDefinition.Place;
import io.limiquantix.host.domain.AdoptableDefinition.Places;
import io.limiquantix.host.domain.DefinedMachine;
import io.limiquantix.host.domain.ForeignDefinition;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.Obstacles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The domains that others defined. Whatever is wrong with one keeps none of the others from being listed. */
public final class UnmanagedListing {
    private static final Logger LOG = LoggerFactory.getLogger(UnmanagedListing.class);
    /** An answer fits well into a message of 1 MiB. */
    private static final int MOST = 200;

    private static final int MOST_CHARACTERS = 300_000;
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;

    private final LibvirtConnection connection;
    private final Semaphore turn = new Semaphore(1);

    public UnmanagedListing(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * By name. A disk whose storage does not answer holds up the listing that asks for its size, and nothing else.
     *
     * @param files which pools can have the files of disks
     * @throws FailureException {@code UNAVAILABLE} while an earlier listing has not ended
     */
    public UnmanagedDomains list(Places files, Instant deadline) {
        // The order of calls is that of their domains: one of a domain that nobody has waits for no other, and none for
        // it.
        List<UnmanagedDomain> all = connection.callFor(
                UUID.randomUUID(), "The domains could not be listed", deadline, connect -> inTurn(connect, files));
        all.sort(Comparator.comparing(UnmanagedDomain::name));
        List<UnmanagedDomain> fitting = new ArrayList<>();
        long characters = 0;
        for (UnmanagedDomain domain : all) {
            characters += domain.toString().length();
            if (fitting.size() == MOST || characters > MOST_CHARACTERS) {
                break;
            }
            fitting.add(domain);
        }
        return new UnmanagedDomains(fitting, fitting.size() < all.size());
    }

    private List<UnmanagedDomain> inTurn(Connect connect, Places files) throws LibvirtException {
        if (!turn.tryAcquire()) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE,
                    "An earlier look at the host's domains has not ended. Where it never does, the storage of one of their disks"
                            + " does not answer.");
        }
        try {
            return read(connect, files);
        } finally {
            turn.release();
        }
    }

    private static List<UnmanagedDomain> read(Connect connect, Places files) throws LibvirtException {
        Domain[] domains = connect.listAllDomains(0);
        try {
            List<UnmanagedDomain> all = new ArrayList<>();
            for (Domain domain : domains) {
                add(domain, files, all);
            }
            return all;
        } finally {
            for (Domain domain : domains) {
                domain.free();
            }
        }
    }

    private static void add(Domain domain, Places files, List<UnmanagedDomain> all) throws LibvirtException {
        UUID uuid = UUID.fromString(domain.getUUIDString());
        try {
            String xml = domain.getXMLDesc(0);
            if (LiveDefinition.parse(xml).digest().isEmpty()) {
                all.add(describe(domain, uuid, xml, files));
            }
        } catch (LibvirtException e) {
            if (LibvirtFailures.isCutOff(e)) {
                throw e;
            }
            if (!LibvirtFailures.isMissingDomain(e)) {
                all.add(unreadable(domain, uuid, e));
            }
        } catch (RuntimeException e) {
            all.add(unreadable(domain, uuid, e));
        }
    }

    private static UnmanagedDomain describe(Domain domain, UUID uuid, String xml, Places files)
            throws LibvirtException {
        boolean persistent = domain.isPersistent() == 1;
        String defined = persistent ? domain.getXMLDesc(AS_DEFINED) : xml;
        ForeignDefinition definition = ForeignDefinition.parse(defined);
        List<UnmanagedDomain.Disk> disks = definition.disks(target -> size(domain, target), file -> pool(files, file));
        List<UnmanagedDomain.Nic> nics = definition.nics();
        List<String> reasons = new ArrayList<>(Obstacles.of(definition, disks, nics, persistent));
        PowerState state =
                DomainSaves.isSaved(domain) ? PowerState.SUSPENDED : DomainStates.power(MissingCalls.state(domain));
        AdoptableDefinition adoptable = AdoptableDefinition.parse(defined);
        reasons.addAll(adoptable.unsayable());
        reasons.addAll(adoptable.inTheWayOfFiles(files));
        reasons.addAll(state(domain, state));
        if (adoptable.runsOtherwise(xml)) {
            reasons.add(
                    "It runs with other disks or cards than it is defined with, or one of its disks is being copied or merged;"
                            + " let both be the same first.");
        }
        return new UnmanagedDomain(
                uuid,
                domain.getName(),
                state,
                definition.vcpus(),
                definition.memoryBytes(),
                definition.firmware(),
                persistent,
                disks,
                nics,
                reasons);
    }

    private static @Nullable UUID pool(Places files, Path file) {
        return files.of(file.toString()).map(Place::poolId).orElse(null);
    }

    private static List<String> state(Domain domain, PowerState state) throws LibvirtException {
        List<String> reasons = new ArrayList<>();
        if (domain.snapshotNum() > 0) {
            reasons.add(
                    "It has snapshots of libvirt, which LimiQuantix does not know; delete them first (virsh snapshot-delete).");
        }
        if (state == PowerState.SUSPENDED) {
            reasons.add("Its memory is kept by libvirt, which knows its disks by their names; start it first, or forget"
                    + " the memory (virsh managedsave-remove).");
        }
        if (domain.getAutostart()) {
            reasons.add(
                    "libvirt starts it with its host, and virtual machines are started by LimiQuantix; turn that off first"
                            + " (virsh autostart --disable).");
        }
        return reasons;
    }

    /**
     * What a domain would be as a VM.
     *
     * @throws FailureException {@code NOT_FOUND} when there is none of that id, {@code CONFLICT} when it is ours
     */
    public Adoptable read(UUID uuid, Places files, Instant deadline) {
        return connection.withDomain(uuid, "The domain could not be read", deadline, domain -> {
            String xml = domain.getXMLDesc(0);
            if (LiveDefinition.parse(xml).digest().isPresent()) {
                throw FailureException.conflict("The domain is a virtual machine of LimiQuantix already.");
            }
            List<String> reasons = describe(domain, uuid, xml, files).reasons();
            String defined = domain.isPersistent() == 1 ? domain.getXMLDesc(AS_DEFINED) : xml;
            return adoptable(domain, uuid, AdoptableDefinition.parse(defined), files, reasons);
        });
    }

    private static Adoptable adoptable(
            Domain domain, UUID uuid, AdoptableDefinition definition, Places files, List<String> reasons)
            throws LibvirtException {
        if (!reasons.isEmpty()) {
            return new Adoptable(
                    uuid, domain.getName(), "", 0, 0, MachineSpec.PLAIN, List.of(), List.of(), 0, List.of(), reasons);
        }
        DefinedMachine machine = definition.defined();
        return new Adoptable(
                uuid,
                domain.getName(),
                definition.description(),
                machine.vcpus(),
                machine.memoryKib() << 10,
                definition.machine(),
                definition.disks(files, target -> Objects.requireNonNullElse(size(domain, target), 0L)),
                definition.nics(),
                definition.cdroms(),
                definition.bootOrder(),
                List.of());
    }

    private static @Nullable Long size(Domain domain, String target) {
        try {
            return domain.blockInfo(target).getCapacity();
        } catch (LibvirtException e) {
            LOG.debug("libvirt does not say how large the disk {} is", target, e);
            return null;
        }
    }

    private static UnmanagedDomain unreadable(Domain domain, UUID uuid, Exception why) {
        LOG.warn("the domain {} cannot be read", uuid, why);
        String name = uuid.toString();
        try {
            name = domain.getName();
        } catch (LibvirtException e) {
            LOG.debug("nor has it a name", e);
        }
        return new UnmanagedDomain(
                uuid,
                name,
                PowerState.STOPPED,
                0,
                0,
                "bios",
                false,
                List.of(),
                List.of(),
                List.of("Its definition cannot be read: " + why.getMessage()));
    }
}
