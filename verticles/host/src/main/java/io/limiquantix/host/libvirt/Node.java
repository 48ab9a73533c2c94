package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.HostCapabilities.NumaCell;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.List;
import org.libvirt.LibvirtException;
import org.libvirt.NodeInfo;
import org.w3c.dom.Element;

/** What libvirt knows of the machine. */
public final class Node {
    private static final long KIB = 1024;
    private static final long MAJOR = 1_000_000;
    private static final long MINOR = 1_000;

    private final LibvirtConnection connection;

    public Node(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * The machine as libvirt sees it.
     *
     * @param cpuModel libvirt's name of the nearest known model
     * @param cpuCores logical processors
     */
    public record Facts(
            String cpuModel,
            String architecture,
            int cpuCores,
            List<NumaCell> numaCells,
            String libvirtVersion,
            String qemuVersion) {}

    public Facts read(Instant deadline) {
        return connection.call("The host's capabilities could not be read", deadline, connect -> {
            NodeInfo info = connect.nodeInfo();
            XmlLookup capabilities = XmlLookup.parse(connect.getCapabilities());
            return new Facts(
                    firstText(capabilities, "model", info.model),
                    firstText(capabilities, "arch", info.model),
                    info.cpus,
                    capabilities.elements("cell").stream().map(Node::cell).toList(),
                    version(connect.getLibVersion()),
                    version(connect.getVersion()));
        });
    }

    private static String firstText(XmlLookup xml, String element, String otherwise) throws LibvirtException {
        return xml.elements(element).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse(otherwise);
    }

    private static NumaCell cell(Element cell) {
        int cores = XmlLookup.children(cell, "cpus").stream()
                .mapToInt(c -> Integer.parseInt(c.getAttribute("num")))
                .sum();
        long kib = XmlLookup.children(cell, "memory").stream()
                .mapToLong(m -> Long.parseLong(m.getTextContent().strip()))
                .sum();
        return new NumaCell(Integer.parseInt(cell.getAttribute("id")), cores, kib * KIB);
    }

    private static String version(long number) {
        return number / MAJOR + "." + number % MAJOR / MINOR + "." + number % MINOR;
    }
}
