package io.limiquantix.host.domain;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes an XML document element by element, indented. Text and attribute values are escaped by the platform's writer;
 * characters that XML 1.0 cannot carry are refused.
 */
public final class XmlText {
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;
    private int depth;

    public XmlText() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new AssertionError("a writer into memory does not fail", e);
        }
    }

    /** An element with other elements in it. */
    public void element(String name, Map<String, String> attributes, Runnable content) {
        write(() -> {
            indent();
            start(name, attributes);
            depth++;
            content.run();
            depth--;
            indent();
            writer.writeEndElement();
        });
    }

    /** An element with nothing in it. */
    public void empty(String name, Map<String, String> attributes) {
        write(() -> {
            indent();
            writer.writeEmptyElement(name);
            attributes(attributes);
        });
    }

    public void text(String name, Map<String, String> attributes, String value) {
        write(() -> {
            indent();
            start(name, attributes);
            writer.writeCharacters(legal(value));
            writer.writeEndElement();
        });
    }

    public String finished() {
        write(() -> {
            writer.writeEndDocument();
            writer.flush();
        });
        return text.toString().strip() + "\n";
    }

    /** Attributes in this order, each name before its value. */
    public static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return attributes;
    }

    private void start(String name, Map<String, String> attributes) throws XMLStreamException {
        writer.writeStartElement(name);
        attributes(attributes);
    }

    private void attributes(Map<String, String> attributes) throws XMLStreamException {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            writer.writeAttribute(attribute.getKey(), legal(attribute.getValue()));
        }
    }

    private void indent() throws XMLStreamException {
        writer.writeCharacters("\n" + "  ".repeat(depth));
    }

    static String legal(String value) {
        if (ILLEGAL.matcher(value).find()) {
            throw new IllegalArgumentException("a text contains characters that XML cannot carry");
        }
        return value;
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new AssertionError("a writer into memory does not fail", e);
        }
    }
}
