package io.limiquantix.host.domain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * On what a disk of a domain is, as libvirt's XML says.
 *
 * @param target libvirt's name of the disk
 * @param path as {@link io.limiquantix.storage.driver.DiskSource#label} has it; empty for a kind of source that we do not make
 * @param copyPath where what it holds is copied to, and written to as well; absent: nowhere
 * @param copyReady whether the copy is the same by now
 * @param cached whether QEMU uses the host's page cache
 */
public record DiskWhereabouts(
        String target, String path, @Nullable String copyPath, boolean copyReady, boolean cached) {

    /** @param serial what the guest finds it by */
    public static Optional<DiskWhereabouts> find(String xml, String serial) {
        return XmlLookup.parse(xml).elements("disk").stream()
                .filter(disk -> DefinedMachine.serial(disk).equals(serial))
                .map(DiskWhereabouts::of)
                .findFirst();
    }

    private static DiskWhereabouts of(Element disk) {
        Optional<Element> copy = XmlLookup.children(disk, "mirror").stream()
                .filter(mirror -> mirror.getAttribute("job").equals("copy"))
                .findFirst();
        String cache = XmlLookup.attribute(disk, "driver", "cache").orElse("");
        return new DiskWhereabouts(
                DefinedMachine.target(disk),
                path(disk),
                copy.map(DiskWhereabouts::path).orElse(null),
                copy.filter(mirror -> mirror.getAttribute("ready").equals("yes"))
                        .isPresent(),
                !List.of("none", "directsync").contains(cache));
    }

    private static String path(Element holder) {
        return XmlLookup.children(holder, "source").stream()
                .map(DiskWhereabouts::label)
                .findFirst()
                .orElse("");
    }

    private static String label(Element source) {
        if (source.getAttribute("protocol").equals("rbd")) {
            return "rbd:" + source.getAttribute("name");
        }
        String file = source.getAttribute("file");
        return file.isEmpty() ? source.getAttribute("dev") : file;
    }
}
