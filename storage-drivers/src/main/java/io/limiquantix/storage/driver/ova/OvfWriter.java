package io.limiquantix.storage.driver.ova;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the XML of a description, with the names of its namespaces (DSP0243, "OVF Descriptor"). Whatever text it is given stays text;
 * characters that XML has no way to write become blanks.
 */
final class OvfWriter {
    private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    private static final String VMW = "http://www.vmware.com/schema/ovf";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    private OvfWriter() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    /** Writes what is inside of an element. */
    @FunctionalInterface
    interface Content {
        void write(OvfWriter xml) throws XMLStreamException;
    }

    /** @return UTF-8 */
    static byte[] envelope(Content content) {
        try {
            OvfWriter writer = new OvfWriter();
            writer.writeEnvelope(content);
            return writer.bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new AssertionError("nothing that is written into memory fails", e);
        }
    }

    private void writeEnvelope(Content content) throws XMLStreamException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("Envelope");
        xml.writeDefaultNamespace(OVF);
        xml.writeNamespace("ovf", OVF);
        xml.writeNamespace("rasd", CIM + "CIM_ResourceAllocationSettingData");
        xml.writeNamespace("vssd", CIM + "CIM_VirtualSystemSettingData");
        xml.writeNamespace("vmw", VMW);
        content.write(this);
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    /** @param name with its prefix where it has one */
    void element(String name, Content content) throws XMLStreamException {
        xml.writeStartElement(name);
        content.write(this);
        xml.writeEndElement();
    }

    void text(String name, String text) throws XMLStreamException {
        element(name, inside -> inside.xml.writeCharacters(writable(text)));
    }

    /** Of the element that was begun last. */
    void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, writable(value));
    }

    /** See XML 1.0, "Characters". */
    private static String writable(String text) {
        return text.codePoints()
                .map(c -> isCharacter(c) ? c : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isCharacter(int c) {
        boolean low = c == '\t' || c == '\n' || (c >= ' ' && c < Character.MIN_SURROGATE);
        return low || (c > Character.MAX_SURROGATE && c < 0xfffe) || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
