package io.limiquantix.storage.driver.ova;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The disks and files that a description lists, see DSP0243, "DiskSection" and "References". */
record DescribedDisks(XmlElement envelope) {
    private static final String RESOURCE = "/disk/";

    /** @param resource as in {@code ovf:/disk/vmdisk1} */
    DescribedDisk find(String resource) {
        String path = resource.startsWith("ovf:") ? resource.substring("ovf:".length()) : resource;
        if (!path.startsWith(RESOURCE)) {
            throw Refusal.of(
                    "has a disk that is described in a way that is not read here: " + Refusal.shown(resource) + ".");
        }
        String id = path.substring(RESOURCE.length());
        XmlElement disk = only(
                envelope.children("DiskSection")
                        .flatMap(section -> section.children("Disk"))
                        .filter(each -> each.attribute("diskId").equals(id))
                        .toList(),
                "disk",
                id);
        return read(disk, id);
    }

    private DescribedDisk read(XmlElement disk, String id) {
        if (!disk.attribute("parentRef").isEmpty()) {
            throw Refusal.of("has a disk that holds only the differences to another one, " + Refusal.shown(id)
                    + "; export it without snapshots.");
        }
        String what = "the capacity of the disk " + Refusal.shown(id);
        long capacity = Units.bytes(disk.attribute("capacity"), disk.attribute("capacityAllocationUnits"), what);
        if (capacity == 0) {
            throw Refusal.of("says that " + what + " is nothing.");
        }
        String file = disk.attribute("fileRef");
        return new DescribedDisk(capacity, file.isEmpty() ? null : file(file));
    }

    private DescribedFile file(String id) {
        XmlElement file = only(
                envelope.children("References")
                        .flatMap(references -> references.children("File"))
                        .filter(each -> each.attribute("id").equals(id))
                        .toList(),
                "file",
                id);
        String name = file.attribute("href");
        if (!file.attribute("chunkSize").isEmpty()) {
            throw Refusal.of("has a disk in several pieces, " + Refusal.shown(name) + "; export it without chunks.");
        }
        String size = file.attribute("size");
        return new DescribedFile(name, size.matches("[0-9]{1,18}") ? Long.valueOf(size) : null, isGzip(file, name));
    }

    private static boolean isGzip(XmlElement file, String name) {
        String compression = file.attribute("compression").toLowerCase(Locale.ROOT);
        return switch (compression) {
            case "", "identity" -> false;
            case "gzip" -> true;
            default ->
                throw Refusal.of("has a file that is compressed in a way that is not known here, " + Refusal.shown(name)
                        + " with " + Refusal.shown(compression) + ".");
        };
    }

    private static XmlElement only(List<XmlElement> found, String what, String id) {
        Optional<XmlElement> first = found.stream().findFirst();
        if (first.isEmpty() || found.size() > 1) {
            throw Refusal.of("refers to the " + what + " " + Refusal.shown(id) + ", which it describes " + found.size()
                    + " times.");
        }
        return first.get();
    }
}
