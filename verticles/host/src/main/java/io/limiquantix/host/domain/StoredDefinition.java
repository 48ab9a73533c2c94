package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.XMLConstants;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A domain's definition as libvirt keeps it for the next start, with disks on other files. */
public final class StoredDefinition {
    private StoredDefinition() {}

    /**
     * Lets each disk on one of these files have the other one; everything else stays as it is.
     *
     * @throws IllegalArgumentException when it is not XML
     */
    public static String withFiles(String xml, Map<Path, Path> changes) {
        XmlLookup lookup = XmlLookup.parse(xml);
        for (Element disk : lookup.elements("disk")) {
            for (Element source : XmlLookup.children(disk, "source")) {
                String file = source.getAttribute("file");
                if (!file.isEmpty() && changes.containsKey(Path.of(file))) {
                    source.setAttribute("file", String.valueOf(changes.get(Path.of(file))));
                    // What lay below the other file; libvirt finds by itself what lies below this one.
                    XmlLookup.children(disk, "backingStore").forEach(disk::removeChild);
                }
            }
        }
        return text(lookup.document());
    }

    /**
     * Lets disks in Ceph be reached in another way; empty when they are reached so already.
     *
     * @param reached says how a disk is reached now
     * @throws IllegalArgumentException when it is not XML
     */
    public static Optional<String> withReach(String xml, UnaryOperator<DiskSource> reached) {
        XmlLookup lookup = XmlLookup.parse(xml);
        boolean changed = false;
        for (Element disk : lookup.elements("disk")) {
            changed |= RbdDisk.change(disk, reached);
        }
        return changed ? Optional.of(text(lookup.document())) : Optional.empty();
    }

    static String text(Document document) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            StringWriter text = new StringWriter();
            factory.newTransformer().transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalArgumentException("libvirt's XML cannot be written", e);
        }
    }
}
