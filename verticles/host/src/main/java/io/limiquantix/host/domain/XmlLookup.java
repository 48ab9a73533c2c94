package io.limiquantix.host.domain;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads XML that libvirt wrote; document types and external entities are refused. */
public final class XmlLookup {
    private final Document document;

    private XmlLookup(Document document) {
        this.document = document;
    }

    /** @throws IllegalArgumentException when it is not XML */
    public static XmlLookup parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new XmlLookup(factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("libvirt's XML cannot be read", e);
        }
    }

    Document document() {
        return document;
    }

    /** All elements of this name, at any depth; those of other programs, which keep what they like in a domain's metadata, are none. */
    public List<Element> elements(String name) {
        return asList(document.getElementsByTagName(name)).stream()
                .filter(element -> element.getNamespaceURI() == null)
                .toList();
    }

    public List<Element> elements(String namespace, String name) {
        return all(document, namespace, name);
    }

    static List<Element> all(Document document, String namespace, String name) {
        return asList(document.getElementsByTagNameNS(namespace, name));
    }

    /** The attribute of the first element of this name that has it. */
    public Optional<String> attribute(String element, String name) {
        return elements(element).stream()
                .map(e -> e.getAttribute(name))
                .filter(v -> !v.isEmpty())
                .findFirst();
    }

    public static List<Element> children(Element parent, String name) {
        return asList(parent.getElementsByTagName(name)).stream()
                .filter(e -> e.getParentNode() == parent)
                .toList();
    }

    /** All of them, of whichever name. */
    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** The attribute of the first child of this name that has it. */
    public static Optional<String> attribute(Element parent, String child, String name) {
        return children(parent, child).stream()
                .map(c -> c.getAttribute(name))
                .filter(v -> !v.isEmpty())
                .findFirst();
    }

    /** The element as a document of its own. */
    static String text(Element element) {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("what was read as XML cannot be written as such", e);
        }
    }

    private static List<Element> asList(NodeList nodes) {
        List<Element> list = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            list.add((Element) nodes.item(i));
        }
        return list;
    }
}
