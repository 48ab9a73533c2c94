package io.limiquantix.host.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What libvirt is told for having a domain's disk go over to a file that is there (formatsnapshot.html). */
public final class SnapshotDocument {
    private SnapshotDocument() {}

    /**
     * @param target libvirt's name of the disk
     * @param others the names of the domain's other disks, which stay as they are
     * @param format of the file
     */
    public static String of(String target, List<String> others, Path file, String format) {
        XmlText xml = new XmlText();
        xml.element(
                "domainsnapshot",
                Map.of(),
                () -> xml.element("disks", Map.of(), () -> {
                    xml.element("disk", Map.of("name", target, "snapshot", "external", "type", "file"), () -> {
                        xml.empty("driver", Map.of("type", format));
                        xml.empty("source", Map.of("file", file.toString()));
                    });
                    for (String other : others) {
                        xml.empty("disk", Map.of("name", other, "snapshot", "no"));
                    }
                }));
        return xml.finished();
    }
}
