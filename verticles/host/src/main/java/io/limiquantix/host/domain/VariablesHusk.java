package io.limiquantix.host.domain;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A definition that has nothing but another domain's UEFI variables: libvirt deletes their file only with a definition. */
public final class VariablesHusk {
    private VariablesHusk() {}

    /**
     * Empty for a domain without such a file.
     *
     * @param xml libvirt's, of the domain that has left
     */
    public static Optional<String> of(String xml) {
        XmlLookup domain = XmlLookup.parse(xml);
        if (domain.elements("nvram").isEmpty()) {
            return Optional.empty();
        }
        UUID id = UUID.randomUUID();
        String type = domain.attribute("domain", "type").orElse("qemu");
        String parts = Stream.of("os", "features")
                .flatMap(name -> XmlLookup.children(domain.document().getDocumentElement(), name).stream())
                .map(XmlLookup::text)
                .collect(Collectors.joining());
        return Optional.of("<domain type='" + type + "'><name>limiquantix-left-" + id + "</name><uuid>" + id
                + "</uuid><memory unit='MiB'>1</memory>" + parts + "</domain>");
    }
}
