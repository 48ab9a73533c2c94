package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** A disk of a domain as libvirt wants it (formatdomain.html, "Hard drives"), wherever its bytes lie. */
final class DiskElement {
    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    private final XmlText xml;

    DiskElement(XmlText xml) {
        this.xml = xml;
    }

    /**
     * A disk on virtio.
     *
     * @param target libvirt's name for it, for instance {@code vda}
     * @param serial the guest finds it by this; QEMU cuts it after 20 characters
     * @param details what else libvirt is told, for instance its place in the boot order
     */
    void write(PlacedDisk disk, String format, String target, String serial, Runnable details) {
        xml.element("disk", ordered("type", type(disk.source()), "device", "disk"), () -> {
            xml.empty("driver", ordered("name", "qemu", "type", format, "cache", cache(disk), "discard", "unmap"));
            source(disk.source());
            xml.empty("target", ordered("dev", target, "bus", "virtio"));
            details.run();
            xml.text("serial", NO_ATTRIBUTES, serial);
        });
    }

    private static String type(DiskSource source) {
        return switch (source) {
            case DiskSource.OfFile _ -> "file";
            case DiskSource.OfDevice _ -> "block";
            case DiskSource.OfRbd _ -> "network";
        };
    }

    private static String cache(PlacedDisk disk) {
        return disk.direct() ? "none" : "writeback";
    }

    private void source(DiskSource source) {
        switch (source) {
            case DiskSource.OfFile(var path) -> xml.empty("source", Map.of("file", path.toString()));
            case DiskSource.OfDevice(var path) -> xml.empty("source", Map.of("dev", path.toString()));
            case DiskSource.OfRbd rbd -> rbd(rbd);
        }
    }

    private void rbd(DiskSource.OfRbd rbd) {
        xml.element(
                "auth",
                Map.of("username", rbd.user()),
                () -> xml.empty(
                        "secret", ordered("type", "ceph", "uuid", rbd.secretId().toString())));
        xml.element("source", ordered("protocol", "rbd", "name", rbd.image()), () -> {
            for (DiskSource.Monitor monitor : rbd.monitors()) {
                xml.empty("host", ordered("name", monitor.host(), "port", Integer.toString(monitor.port())));
            }
        });
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return attributes;
    }
}
