package io.limiquantix.storage.driver.ova;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a description. Names are those without their namespaces: those differ between the versions of the format and what
 * programs write, and nothing that is read here is called the same in two of them.
 */
final class XmlElement {
    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name) {
        this.name = name;
    }

    void put(String attribute, String value) {
        attributes.putIfAbsent(attribute, value);
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(String more) {
        text.append(more);
    }

    String name() {
        return name;
    }

    String text() {
        return text.toString().strip();
    }

    /** Empty where it is not there. */
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "").strip();
    }

    Stream<XmlElement> children(String... names) {
        List<String> wanted = List.of(names);
        return children.stream().filter(child -> wanted.contains(child.name));
    }

    Optional<XmlElement> child(String wanted) {
        return children(wanted).findFirst();
    }

    /** That of the first child of this name, empty where there is none. */
    String textOf(String child) {
        return child(child).map(XmlElement::text).orElse("");
    }

    /** Itself and everything inside of it. */
    Stream<XmlElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
    }
}
