package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.host.domain.DiskPlaces.Plug;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A disk of a domain as libvirt wants it (formatdomain.html, "Hard drives"), wherever its bytes lie. */
final class DiskElement {
    /** The serial number of the drive with the seed, by which it is told from the others. */
    static final String SEED_DRIVE = "seed";

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
        write(disk, format, new Plug(DiskBus.VIRTIO, target, -1, 0, 0), DiskHardware.PLAIN, serial, details);
    }

    /** The same on any bus. */
    void write(PlacedDisk disk, String format, Plug plug, DiskHardware hardware, String serial, Runnable details) {
        xml.element("disk", XmlText.ordered("type", type(disk.source()), "device", "disk"), () -> {
            Map<String, String> driver = XmlText.ordered(
                    "name",
                    "qemu",
                    "type",
                    format,
                    "cache",
                    cache(disk, hardware.cache()),
                    "discard",
                    discard(hardware));
            if (plug.ioThread() > 0) {
                driver.put("iothread", Integer.toString(plug.ioThread()));
            }
            xml.empty("driver", driver);
            source(disk.source());
            target(plug);
            limits(hardware.limits());
            details.run();
            xml.text("serial", NO_ATTRIBUTES, serial);
            address(plug);
        });
    }

    /** A CD-ROM drive; without a file an empty one. */
    void cdrom(Optional<Path> iso, Plug plug, Runnable details) {
        xml.element("disk", XmlText.ordered("type", "file", "device", "cdrom"), () -> {
            xml.empty("driver", XmlText.ordered("name", "qemu", "type", "raw"));
            iso.ifPresent(file -> xml.empty("source", Map.of("file", file.toString())));
            target(plug);
            details.run();
            xml.empty("readonly", NO_ATTRIBUTES);
            address(plug);
        });
    }

    /** The drive with what a guest is set up by, which is none of those that were asked for. */
    void seedDrive(PlacedDisk disk, Plug plug) {
        xml.element("disk", XmlText.ordered("type", type(disk.source()), "device", "cdrom"), () -> {
            xml.empty("driver", XmlText.ordered("name", "qemu", "type", "raw"));
            source(disk.source());
            target(plug);
            xml.text("serial", NO_ATTRIBUTES, SEED_DRIVE);
            xml.empty("readonly", NO_ATTRIBUTES);
            address(plug);
        });
    }

    private void target(Plug plug) {
        xml.empty("target", XmlText.ordered("dev", plug.target(), "bus", word(plug.bus())));
    }

    private void address(Plug plug) {
        if (plug.addressed()) {
            xml.empty(
                    "address",
                    XmlText.ordered(
                            "type", "drive",
                            "controller", Integer.toString(plug.controller()),
                            "bus", "0",
                            "target", "0",
                            "unit", Integer.toString(plug.unit())));
        }
    }

    void limits(@Nullable Limits limits) {
        if (limits == null || limits.none()) {
            return;
        }
        xml.element("iotune", NO_ATTRIBUTES, () -> {
            limit("read_bytes_sec", limits.readBytesPerSecond());
            limit("write_bytes_sec", limits.writeBytesPerSecond());
            limit("read_iops_sec", limits.readIops());
            limit("write_iops_sec", limits.writeIops());
        });
    }

    private void limit(String name, @Nullable Long most) {
        if (most != null) {
            xml.text(name, NO_ATTRIBUTES, Long.toString(most));
        }
    }

    private static String type(DiskSource source) {
        return switch (source) {
            case DiskSource.OfFile _ -> "file";
            case DiskSource.OfDevice _ -> "block";
            case DiskSource.OfRbd _ -> "network";
        };
    }

    static String cache(PlacedDisk disk, Cache wish) {
        return switch (wish) {
            case AUTO -> disk.direct() ? "none" : "writeback";
            case NONE, WRITEBACK, WRITETHROUGH -> word(wish);
        };
    }

    static String discard(DiskHardware hardware) {
        return hardware.discard() == Discard.UNMAP ? "unmap" : "ignore";
    }

    /** libvirt has the same words as we have. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
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
                        "secret",
                        XmlText.ordered("type", "ceph", "uuid", rbd.secretId().toString())));
        xml.element("source", XmlText.ordered("protocol", "rbd", "name", rbd.image()), () -> {
            for (DiskSource.Monitor monitor : rbd.monitors()) {
                xml.empty("host", XmlText.ordered("name", monitor.host(), "port", Integer.toString(monitor.port())));
            }
        });
    }
}
