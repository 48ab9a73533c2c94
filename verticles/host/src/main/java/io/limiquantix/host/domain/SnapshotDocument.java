package io.limiquantix.host.domain;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt is told for having a domain's disks go over to files that are there, all at once, and for keeping its memory of that
 * moment (formatsnapshot.html).
 */
public final class SnapshotDocument {
    private SnapshotDocument() {}

    /**
     * A disk that goes over to another file.
     *
     * @param target libvirt's name of the disk
     * @param format of the file
     */
    public record Switch(String target, Path file, String format) {}

    /**
     * @param others the names of the domain's other disks, which stay as they are
     * @param memory the file that its memory is written to; absent: it is not kept
     */
    public static String of(List<Switch> switches, Collection<String> others, @Nullable Path memory) {
        XmlText xml = new XmlText();
        xml.element("domainsnapshot", Map.of(), () -> {
            if (memory != null) {
                xml.empty("memory", Map.of("snapshot", "external", "file", memory.toString()));
            }
            xml.element("disks", Map.of(), () -> {
                switches.forEach(each -> disk(xml, each));
                for (String other : others) {
                    xml.empty("disk", Map.of("name", other, "snapshot", "no"));
                }
            });
        });
        return xml.finished();
    }

    private static void disk(XmlText xml, Switch to) {
        xml.element("disk", Map.of("name", to.target(), "snapshot", "external", "type", "file"), () -> {
            xml.empty("driver", Map.of("type", to.format()));
            xml.empty("source", Map.of("file", to.file().toString()));
        });
    }
}
