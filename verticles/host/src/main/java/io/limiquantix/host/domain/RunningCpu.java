package io.limiquantix.host.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A processor that guests have, as libvirt's element {@code cpu} (formatdomain.html, "CPU model and topology"). */
public final class RunningCpu {
    private final Element element;

    private RunningCpu(Element element) {
        this.element = element;
    }

    /** Of how a domain runs; empty when libvirt says nothing of its processor. */
    public static Optional<RunningCpu> ofDomain(String domainXml) {
        XmlLookup xml = XmlLookup.parse(domainXml);
        return XmlLookup.children(xml.document().getDocumentElement(), "cpu").stream()
                .findFirst()
                .map(RunningCpu::new);
    }

    /** The nearest to the machine's own that guests can have, of libvirt's domain capabilities; empty when it offers none. */
    public static Optional<RunningCpu> ofHost(String domainCapabilities) {
        return XmlLookup.parse(domainCapabilities).elements("mode").stream()
                .filter(mode -> mode.getAttribute("name").equals("host-model"))
                .filter(mode -> !XmlLookup.children(mode, "model").isEmpty())
                .findFirst()
                .map(RunningCpu::new);
    }

    /** @param xml the element alone */
    public static RunningCpu parse(String xml) {
        return new RunningCpu(XmlLookup.parse(xml).document().getDocumentElement());
    }

    /** Whether it is whatever its host has, or emulates. */
    public boolean isOfItsHost() {
        return Set.of("host-passthrough", "maximum").contains(element.getAttribute("mode"));
    }

    /** The same with what its host has in it, so that another host knows it. */
    public RunningCpu with(RunningCpu host) {
        RunningCpu copy = parse(text());
        Document document = copy.element.getOwnerDocument();
        for (String part : List.of("model", "vendor", "feature")) {
            XmlLookup.children(host.element, part)
                    .forEach(child -> copy.element.appendChild(document.importNode(child, true)));
        }
        return copy;
    }

    public String text() {
        return XmlLookup.text(element);
    }

    /** libvirt's name of its model; empty when that is not said. */
    public String model() {
        return child("model");
    }

    private String child(String name) {
        return XmlLookup.children(element, name).stream()
                .findFirst()
                .map(Element::getTextContent)
                .orElse("");
    }

    /** Whether the other has the same model, as far as libvirt tells them apart. */
    public boolean isOfTheModelOf(RunningCpu other) {
        return model().equals(other.model()) && child("vendor").equals(other.child("vendor"));
    }

    /** What it has beside or less than its model, and the other, which is of the same model, has not, in the order of their names. */
    public Set<String> lackingIn(RunningCpu other) {
        Set<String> lacking = new TreeSet<>(features("require"));
        lacking.removeAll(other.features("require"));
        Set<String> without = other.features("disable");
        without.removeAll(features("disable"));
        lacking.addAll(without);
        return lacking;
    }

    private Set<String> features(String policy) {
        return XmlLookup.children(element, "feature").stream()
                .filter(feature -> feature.getAttribute("policy").equals(policy))
                .map(feature -> feature.getAttribute("name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
