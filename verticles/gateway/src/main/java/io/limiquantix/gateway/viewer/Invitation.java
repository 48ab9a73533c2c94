package io.limiquantix.gateway.viewer;

import io.limiquantix.bus.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * All that a viewer has to know to show one screen once: as a file for virt-viewer's {@code remote-viewer} (its man page,
 * "Connection file") and as a link for QVMRC.
 *
 * @param host name or address by which viewers reach a gateway, IPv6 without brackets
 */
public record Invitation(String host, int port, UUID vmId, String vmName, Secret ticket) {

    /** A key file of GLib; the viewer deletes it once it has read it, as it works once. */
    public String file() {
        return """
                [virt-viewer]
                type=vnc
                host=%s
                port=%d
                password=%s
                title=%s
                delete-this-file=1
                """.formatted(host, port, ticket.reveal(), escaped(vmName));
    }

    /** Values of key files know escapes by a backslash, and lose spaces at their beginning. */
    private static String escaped(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\");
        return oneLine.startsWith(" ") ? "\\s" + oneLine.substring(1) : oneLine;
    }

    public String link() {
        String place = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return "qvmrc://" + place + ":" + port + "/" + vmId + "?ticket=" + encoded(ticket.reveal()) + "&title="
                + encoded(vmName);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
