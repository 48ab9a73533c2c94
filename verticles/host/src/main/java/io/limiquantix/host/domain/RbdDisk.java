package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.DiskSource.Monitor;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A disk in Ceph as libvirt's XML has it (formatdomain.html, "Hard drives"). */
final class RbdDisk {
    private static final String HOST = "host";

    private RbdDisk() {}

    /** Empty for another kind of disk, and for one that was described by somebody else in another way. */
    static Optional<DiskSource.OfRbd> read(Element disk) {
        return source(disk).flatMap(source -> auth(disk, source).flatMap(auth -> read(source, auth)));
    }

    private static Optional<DiskSource.OfRbd> read(Element source, Element auth) {
        List<Monitor> monitors = XmlLookup.children(source, HOST).stream()
                .filter(host -> host.getAttribute("port").matches("\\d{1,5}"))
                .map(host -> new Monitor(host.getAttribute("name"), Integer.parseInt(host.getAttribute("port"))))
                .toList();
        return XmlLookup.attribute(auth, "secret", "uuid")
                .map(UUID::fromString)
                .map(secret -> new DiskSource.OfRbd(
                        source.getAttribute("name"), monitors, auth.getAttribute("username"), secret));
    }

    /** Lets the disk be reached in another way; whether anything was changed. */
    static boolean change(Element disk, UnaryOperator<DiskSource> change) {
        Optional<DiskSource.OfRbd> before = read(disk);
        if (before.isEmpty()
                || !(change.apply(before.get()) instanceof DiskSource.OfRbd after)
                || after.equals(before.get())) {
            return false;
        }
        Element source = source(disk).orElseThrow();
        auth(disk, source).orElseThrow().setAttribute("username", after.user());
        XmlLookup.children(source, HOST).forEach(source::removeChild);
        for (Monitor monitor : after.monitors().reversed()) {
            Element host = disk.getOwnerDocument().createElement(HOST);
            host.setAttribute("name", monitor.host());
            host.setAttribute("port", Integer.toString(monitor.port()));
            source.insertBefore(host, source.getFirstChild());
        }
        return true;
    }

    private static Optional<Element> source(Element disk) {
        return XmlLookup.children(disk, "source").stream()
                .filter(source -> source.getAttribute("protocol").equals("rbd"))
                .findFirst();
    }

    /** libvirt shows it where it was given: beside the source or in it. */
    private static Optional<Element> auth(Element disk, Element source) {
        return Stream.of(disk, source)
                .flatMap(parent -> XmlLookup.children(parent, "auth").stream())
                .findFirst();
    }
}
