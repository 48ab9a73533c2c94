package io.limiquantix.host.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What our metadata says of a domain that somebody else defined and that was adopted: which volumes its disks are, as they have no serial
 * of ours and a running guest cannot get one, and which parts it came with that we make none of.
 *
 * @param kept their names, as {@link UnknownElements} has them
 */
public record AdoptionNote(List<Taken> volumes, Set<String> kept) {
    private static final String VOLUME = "volume";
    private static final String KEPT = "kept";

    public AdoptionNote {
        volumes = List.copyOf(volumes);
        kept = Set.copyOf(kept);
    }

    /**
     * A disk that was taken over.
     *
     * @param source the file as the definition said it before, where a domain that was not started since may run on it; absent: it has no
     *     other name than that of the volume
     */
    public record Taken(UUID volumeId, @Nullable String source) {
        /** Whether the disk is on this volume, by whichever name. */
        boolean is(String file) {
            return file.equals(source) || isOwn(file);
        }

        private boolean isOwn(String file) {
            return file.substring(file.lastIndexOf('/') + 1).startsWith(volumeId + ".");
        }
    }

    /** Empty where nothing was taken over. */
    public static AdoptionNote in(XmlLookup xml) {
        return in(xml.document());
    }

    static AdoptionNote in(Document document) {
        List<Element> vm = XmlLookup.all(document, DomainDocument.NAMESPACE, DomainDocument.METADATA_ELEMENT);
        if (vm.isEmpty()) {
            return new AdoptionNote(List.of(), Set.of());
        }
        return new AdoptionNote(
                XmlLookup.all(document, DomainDocument.NAMESPACE, VOLUME).stream()
                        .flatMap(element -> taken(element).stream())
                        .toList(),
                XmlLookup.all(document, DomainDocument.NAMESPACE, KEPT).stream()
                        .map(element -> element.getAttribute("name"))
                        .collect(Collectors.toSet()));
    }

    private static Optional<Taken> taken(Element element) {
        try {
            String source = element.getAttribute("source");
            return Optional.of(
                    new Taken(UUID.fromString(element.getAttribute("id")), source.isEmpty() ? null : source));
        } catch (IllegalArgumentException _) {
            // Somebody wrote it by hand.
            return Optional.empty();
        }
    }

    /** Our metadata, as libvirt takes it. */
    public String metadata(UUID vmId, String digest) {
        XmlText xml = new XmlText();
        Map<String, String> vm = XmlText.ordered("id", vmId.toString(), "digest", digest);
        if (volumes.isEmpty() && kept.isEmpty()) {
            xml.empty(DomainDocument.METADATA_ELEMENT, vm);
        } else {
            xml.element(DomainDocument.METADATA_ELEMENT, vm, () -> {
                volumes.forEach(each -> xml.empty(VOLUME, attributes(each)));
                kept.stream().sorted().forEach(name -> xml.empty(KEPT, Map.of("name", name)));
            });
        }
        return xml.finished();
    }

    private static Map<String, String> attributes(Taken taken) {
        Map<String, String> attributes = XmlText.ordered("id", taken.volumeId().toString());
        if (taken.source() != null) {
            attributes.put("source", taken.source());
        }
        return attributes;
    }

    /** The same where the disks have no names any more but those of their volumes. */
    public AdoptionNote withoutSources() {
        return new AdoptionNote(
                volumes.stream().map(each -> new Taken(each.volumeId(), null)).toList(), kept);
    }

    /** The volume that this disk of a domain is, if it was taken over. */
    static Optional<Taken> of(Element disk) {
        Optional<String> file = XmlLookup.attribute(disk, "source", "file");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return in(disk.getOwnerDocument()).volumes().stream()
                .filter(each -> each.is(file.get()))
                .findFirst();
    }

    /** Whether the disk runs on this file of a volume by the name that it had before it was taken over. */
    static boolean isOn(Element disk, Path file) {
        return of(disk).filter(taken -> taken.isOwn(file.toString())).isPresent() && runsByFormerName(disk);
    }

    /** Whether it does so at all. */
    static boolean runsByFormerName(Element disk) {
        return of(disk).filter(taken -> XmlLookup.attribute(disk, "source", "file")
                        .filter(file -> file.equals(taken.source()) && !taken.isOwn(file))
                        .isPresent())
                .isPresent();
    }
}
