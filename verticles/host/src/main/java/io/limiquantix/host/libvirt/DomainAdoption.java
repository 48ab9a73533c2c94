package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.domain.AdoptedDefinition;
import io.limiquantix.host.domain.AdoptionNote;
import io.limiquantix.host.domain.AdoptionNote.Taken;
import io.limiquantix.host.domain.DomainDocument;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.ReleasedDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Domains that become ours and are ours no more: their definitions for the next start, and their metadata while they run. */
public final class DomainAdoption {
    /** {@code VIR_DOMAIN_XML_SECURE} and {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int SECURE = 1;

    private static final int AS_DEFINED = 2;
    /** {@code VIR_DOMAIN_METADATA_ELEMENT}. */
    private static final int ELEMENT = 2;
    /** {@code VIR_DOMAIN_AFFECT_LIVE} and {@code VIR_DOMAIN_AFFECT_CONFIG}. */
    private static final int LIVE = 1;

    private static final int CONFIG = 2;

    private final LibvirtConnection connection;

    public DomainAdoption(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * Defines the domain as ours, then says so of the one that runs.
     *
     * @param adopted of libvirt's XML of the domain as it is defined
     */
    public void adopt(UUID vmId, String digest, UnaryOperator<String> adopted, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be adopted", deadline, domain -> {
            if (domain.isPersistent() == 0) {
                throw FailureException.conflict(
                        "The domain is transient: libvirt forgets it when it stops. Define it first.");
            }
            String xml = adopted.apply(domain.getXMLDesc(AS_DEFINED | SECURE));
            domain.getConnect().domainDefineXML(xml).free();
            if (domain.isActive() == 1) {
                String metadata = AdoptedDefinition.note(xml).metadata(vmId, digest);
                domain.setMetadata(ELEMENT, metadata, "lqx", DomainDocument.NAMESPACE, LIVE);
            }
            return true;
        });
    }

    /** Whether a disk that was taken over has its former name still, beside the one that the definition says. */
    @FunctionalInterface
    public interface Names {
        boolean areOfOneFile(Path former, Path volume);
    }

    /** Success when there is none of that id, or it is not ours. */
    public void release(UUID vmId, Path serialSocket, Names names, Instant deadline) {
        connection.callFor(
                vmId,
                "The domain could not be released",
                deadline,
                connect -> Domains.lookUp(
                        connect, c -> c.domainLookupByUUID(vmId), domain -> release(domain, serialSocket, names)));
    }

    private static boolean release(Domain domain, Path serialSocket, Names names) throws LibvirtException {
        LiveDefinition live = LiveDefinition.parse(domain.getXMLDesc(0));
        boolean active = domain.isActive() == 1;
        if (domain.isPersistent() == 1) {
            String defined = domain.getXMLDesc(AS_DEFINED | SECURE);
            if (LiveDefinition.parse(defined).digest().isEmpty()) {
                return isForgotten(domain, live);
            }
            List<Path> running = live.diskFiles();
            String released = ReleasedDefinition.of(
                    defined,
                    serialSocket,
                    (former, volume) -> active ? running.contains(former) : names.areOfOneFile(former, volume));
            domain.getConnect().domainDefineXML(released).free();
        }
        return isForgotten(domain, live);
    }

    private static boolean isForgotten(Domain domain, LiveDefinition live) throws LibvirtException {
        if (domain.isActive() == 1 && live.digest().isPresent()) {
            domain.setMetadata(ELEMENT, null, "lqx", DomainDocument.NAMESPACE, LIVE);
        }
        return true;
    }

    /**
     * A file of a disk by the name that it had before the domain was adopted.
     *
     * @param volume the file that the disk is on by the domain's definition
     */
    public record Former(UUID volumeId, Path file, Path volume) {}

    /** Those of a domain that is off, none of one that runs, is suspended or is not there. */
    public List<Former> formerNames(UUID vmId, Instant deadline) {
        return connection
                .callFor(
                        vmId,
                        "The domain's definition could not be read",
                        deadline,
                        connect ->
                                Domains.lookUp(connect, c -> c.domainLookupByUUID(vmId), DomainAdoption::formerNames))
                .orElse(List.of());
    }

    private static List<Former> formerNames(Domain domain) throws LibvirtException {
        if (domain.isActive() == 1 || domain.isPersistent() == 0 || DomainSaves.isSaved(domain)) {
            return List.of();
        }
        LiveDefinition defined = LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED));
        List<Former> found = new ArrayList<>();
        for (Taken taken : defined.adoption().volumes()) {
            Optional<Path> file = defined.diskFiles().stream()
                    .filter(each -> String.valueOf(each.getFileName()).startsWith(taken.volumeId() + "."))
                    .findFirst();
            if (taken.source() != null && file.isPresent()) {
                found.add(new Former(taken.volumeId(), Path.of(taken.source()), file.get()));
            }
        }
        return found;
    }

    /** Notes of a domain that is off that its disks have no other names any more than those of their volumes. */
    public void forgetFormerNames(UUID vmId, Instant deadline) {
        connection.withDomain(vmId, "The domain could not be described", deadline, domain -> {
            LiveDefinition defined = LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED));
            Optional<String> digest = defined.digest();
            if (digest.isPresent() && domain.isActive() == 0) {
                AdoptionNote note = defined.adoption().withoutSources();
                domain.setMetadata(ELEMENT, note.metadata(vmId, digest.get()), "lqx", DomainDocument.NAMESPACE, CONFIG);
            }
            return true;
        });
    }

    /**
     * Whether any other domain, running or defined, names one of these files as its disk.
     *
     * @param vmId absent ones are all looked at
     */
    public boolean isNamedByOthers(UUID vmId, List<Path> files, Instant deadline) {
        return connection.call("The domains could not be listed", deadline, connect -> isNamed(connect, vmId, files));
    }

    private static boolean isNamed(Connect connect, UUID vmId, List<Path> files) throws LibvirtException {
        Domain[] domains = connect.listAllDomains(0);
        try {
            boolean named = false;
            for (Domain domain : domains) {
                named |= !domain.getUUIDString().equals(vmId.toString()) && names(domain, files);
            }
            return named;
        } finally {
            for (Domain domain : domains) {
                domain.free();
            }
        }
    }

    private static boolean names(Domain domain, List<Path> files) throws LibvirtException {
        try {
            List<Path> named =
                    new ArrayList<>(LiveDefinition.parse(domain.getXMLDesc(0)).diskFiles());
            named.addAll(LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED)).diskFiles());
            return named.stream().anyMatch(files::contains);
        } catch (LibvirtException e) {
            if (LibvirtFailures.isMissingDomain(e)) {
                return false;
            }
            throw e;
        }
    }
}
