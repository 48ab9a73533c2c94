package io.limiquantix.storage.driver.ova;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a description's XML as a tree, within limits; a document type is refused, so that there are no entities. */
final class DescriptorXml {
    private static final int MOST_DEPTH = 40;
    private static final int MOST_ELEMENTS = 20_000;

    private final XMLStreamReader reader;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private int elements;

    private DescriptorXml(XMLStreamReader reader) {
        this.reader = reader;
    }

    static XmlElement parse(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return new DescriptorXml(factory.createXMLStreamReader(new ByteArrayInputStream(bytes))).read();
        } catch (XMLStreamException e) {
            throw Refusal.of("has a description that is no XML" + where(e.getLocation()) + ".");
        }
    }

    private static String where(@Nullable Location location) {
        return location == null ? "" : ", in line " + location.getLineNumber();
    }

    private XmlElement read() throws XMLStreamException {
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement ended = open.pop();
                    if (open.isEmpty()) {
                        return ended;
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw Refusal.of("has a description with a document type, which is not read.");
                default -> {
                    // Comments and the like.
                }
            }
        }
    }

    private void begin() {
        if (++elements > MOST_ELEMENTS || open.size() >= MOST_DEPTH) {
            throw Refusal.of("has a description of more than " + MOST_ELEMENTS + " elements, or more than " + MOST_DEPTH
                    + " inside of each other.");
        }
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        if (!open.isEmpty()) {
            open.peek().add(element);
        }
        open.push(element);
    }
}
