package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.host.domain.RunningCpu;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.libvirt.Connect;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.w3c.dom.Element;

/** The processors that running domains have, and that domains can have here. */
public final class DomainProcessors {
    /** {@code VIR_DOMAIN_XML_MIGRATABLE}. */
    private static final int MIGRATABLE = 8;

    private final LibvirtConnection connection;

    public DomainProcessors(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * What runs domains here.
     *
     * @param qemu its version as libvirt numbers it
     * @param machines that it has for the architecture that was asked for
     */
    public record Emulator(long qemu, Set<String> machines) {}

    /** @throws FailureException {@code CONFLICT} when it does not run, {@code NOT_FOUND} */
    public DomainCpu look(UUID vmId, Instant deadline) {
        return connection.callFor(vmId, "The virtual machine's processor could not be read", deadline, connect -> {
            String xml = Domains.lookUp(connect, c -> c.domainLookupByUUID(vmId), domain -> {
                        if (Domains.isStopped(domain)) {
                            throw FailureException.conflict(
                                    "The virtual machine is not running, so it cannot be moved while it runs.");
                        }
                        return domain.getXMLDesc(MIGRATABLE);
                    })
                    .orElseThrow(() -> FailureException.notFound("libvirt has no domain with the id " + vmId + "."));
            return look(connect, xml);
        });
    }

    private static DomainCpu look(Connect connect, String xml) throws LibvirtException {
        XmlLookup domain = XmlLookup.parse(xml);
        String type = domain.attribute("domain", "type").orElse("");
        String machine = domain.attribute("type", "machine").orElse("");
        String architecture = domain.attribute("type", "arch").orElse("");
        Optional<RunningCpu> cpu = RunningCpu.ofDomain(xml);
        if (cpu.filter(RunningCpu::isOfItsHost).isPresent()) {
            Optional<RunningCpu> host = host(connect, architecture, machine, type);
            cpu = cpu.map(its -> host.map(its::with).orElse(its));
        }
        return new DomainCpu(
                cpu.map(RunningCpu::text).orElse("<cpu/>"),
                machine,
                architecture,
                type,
                connect.getLibVersion(),
                connect.getVersion());
    }

    private static Optional<RunningCpu> host(Connect connect, String architecture, String machine, String type)
            throws LibvirtException {
        return RunningCpu.ofHost(MissingCalls.domainCapabilities(connect, architecture, machine, type));
    }

    /** What domains of this kind can have at most; the machine type is one that is here. */
    public Optional<RunningCpu> host(DomainCpu kind, Instant deadline) {
        return connection.call(
                "What processors domains can have could not be read",
                deadline,
                connect -> host(connect, kind.architecture(), kind.machineType(), kind.domainType()));
    }

    public Emulator emulator(String architecture, Instant deadline) {
        return connection.call("The host's capabilities could not be read", deadline, connect -> {
            Set<String> machines = XmlLookup.parse(connect.getCapabilities()).elements("arch").stream()
                    .filter(arch -> arch.getAttribute("name").equals(architecture))
                    .flatMap(DomainProcessors::machines)
                    .map(Element::getTextContent)
                    .collect(Collectors.toSet());
            return new Emulator(connect.getVersion(), machines);
        });
    }

    /** Some are named for a kind of domains only. */
    private static Stream<Element> machines(Element architecture) {
        return Stream.concat(
                XmlLookup.children(architecture, "machine").stream(),
                XmlLookup.children(architecture, "domain").stream()
                        .flatMap(domain -> XmlLookup.children(domain, "machine").stream()));
    }

    /** Why guests cannot have this processor here, in libvirt's words; empty when they can. */
    public Optional<String> lacking(DomainCpu wanted, Instant deadline) {
        return connection.call("The processors could not be compared", deadline, connect -> {
            try {
                MissingCalls.requireCpu(
                        connect, wanted.architecture(), wanted.machineType(), wanted.domainType(), wanted.cpuXml());
                return Optional.empty();
            } catch (LibvirtException e) {
                if (LibvirtFailures.number(e) != ErrorNumber.VIR_ERR_CPU_INCOMPATIBLE) {
                    throw e;
                }
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }
}
