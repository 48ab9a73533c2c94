package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.domain.XmlLookup;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As whom libvirt runs QEMU. */
public final class QemuUser {
    /** A label of libvirt's secmodel "dac" (formatcaps.html). */
    private static final Pattern LABEL = Pattern.compile("\\+(\\d+):\\+(\\d+)");

    private final LibvirtConnection connection;

    /** The numbers of the user and the group. */
    public record Owner(int user, int group) {}

    public QemuUser(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** @throws FailureException {@code HYPERVISOR} when libvirt does not say */
    public Owner read(Instant deadline) {
        XmlLookup capabilities = XmlLookup.parse(connection.call(
                "The host's capabilities could not be read", deadline, connect -> connect.getCapabilities()));
        return capabilities.elements("baselabel").stream()
                .map(label -> LABEL.matcher(label.getTextContent().strip()))
                .filter(Matcher::matches)
                .map(label -> new Owner(Integer.parseInt(label.group(1)), Integer.parseInt(label.group(2))))
                .findFirst()
                .orElseThrow(() -> FailureException.of(
                        FailureCode.HYPERVISOR,
                        "libvirt does not say as whom it runs QEMU, so nothing can be opened for its sockets."));
    }
}
