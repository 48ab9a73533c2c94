package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.HypervisorSecret;
import java.util.Map;

/** A secret's definition as libvirt wants it (formatsecret.html): never written to a disk, and never read back. */
public final class SecretDocument {
    private SecretDocument() {}

    /** @throws IllegalArgumentException for text that XML cannot carry */
    public static String of(HypervisorSecret secret) {
        XmlText xml = new XmlText();
        xml.element("secret", Map.of("ephemeral", "yes", "private", "yes"), () -> {
            xml.text("uuid", Map.of(), secret.id().toString());
            xml.element("usage", Map.of("type", "ceph"), () -> xml.text("name", Map.of(), secret.usage()));
        });
        return xml.finished();
    }
}
