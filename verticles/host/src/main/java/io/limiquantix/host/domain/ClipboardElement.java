package io.limiquantix.host.domain;

import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * The channel by which an agent in the guest shares its clipboard with whoever looks at its screen by VNC (formatdomain.html, "Channel";
 * libvirt 8.4.0, QEMU 6.1). QEMU speaks for the other side of it, so it needs no SPICE.
 */
final class ClipboardElement {
    private static final String TYPE = "qemu-vdagent";
    /** By which spice-vdagent finds it in the guest. */
    private static final String NAME = "com.redhat.spice.0";

    private ClipboardElement() {}

    static void write(XmlText xml) {
        xml.element("channel", Map.of("type", TYPE), () -> {
            xml.element("source", Map.of(), () -> {
                xml.empty("clipboard", Map.of("copypaste", "yes"));
                xml.empty("mouse", Map.of("mode", "client"));
            });
            xml.empty("target", XmlText.ordered("type", "virtio", "name", NAME));
        });
    }

    static List<Element> in(XmlLookup xml) {
        return xml.elements("channel").stream()
                .filter(channel -> channel.getAttribute("type").equals(TYPE))
                .toList();
    }
}
