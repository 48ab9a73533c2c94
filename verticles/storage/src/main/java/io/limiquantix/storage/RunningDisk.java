package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.VolumeOrigin;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a volume's file really stands on, as libvirt has it of the running domain. Only what is in the file itself is sent to another host,
 * so the file there has to stand on just the same: storage that shares blocks may have made a copy that stands on nothing.
 */
final class RunningDisk {
    private static final Pattern IMAGE_FILE =
            Pattern.compile(".*/images/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.[a-z0-9]+");

    private RunningDisk() {}

    /**
     * With what a volume has to begin at another host, so that it holds the same once the file's own bytes are there.
     *
     * @param live the running domain, in libvirt's XML
     * @throws FailureException {@code CONFLICT} where that is not nothing and not an image
     */
    static VolumeOrigin origin(String live, UUID volumeId, String name) {
        Element disk = elements(parse(live).getElementsByTagName("disk"))
                .filter(each -> file(each).contains(volumeId.toString()))
                .findFirst()
                .orElseThrow(() -> FailureException.conflict(
                        "The running virtual machine does not have the volume " + name + " as a disk."));
        List<Element> chain = children(disk, "backingStore");
        if (chain.isEmpty()) {
            throw FailureException.conflict(
                    "libvirt does not say what the volume " + name
                            + " stands on, so it cannot be sent to another host; shut the virtual machine down and start it again.");
        }
        Element backing = chain.getFirst();
        if (file(backing).isEmpty()) {
            return VolumeOrigin.ZEROES;
        }
        Matcher image = IMAGE_FILE.matcher(file(backing));
        boolean further = children(backing, "backingStore").stream()
                .anyMatch(next -> !file(next).isEmpty());
        if (further || !image.matches()) {
            throw FailureException.conflict(
                    "The volume " + name
                            + " stands on another volume or on a snapshot; make it independent before it goes to another host.");
        }
        return VolumeOrigin.ofImage(UUID.fromString(image.group(1)));
    }

    private static String file(Element holder) {
        return children(holder, "source").stream()
                .map(source -> source.getAttribute("file"))
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String name) {
        return elements(parent.getChildNodes())
                .filter(child -> child.getTagName().equals(name))
                .toList();
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).flatMap(RunningDisk::element);
    }

    private static Stream<Element> element(Node node) {
        return node instanceof Element element ? Stream.of(element) : Stream.empty();
    }

    private static Element parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("libvirt's definition of a domain cannot be read", e);
        }
    }
}
