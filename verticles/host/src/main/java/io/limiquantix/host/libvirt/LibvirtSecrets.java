package io.limiquantix.host.libvirt;

import io.limiquantix.host.domain.SecretDocument;
import io.limiquantix.host.storage.SecretKeeper;
import io.limiquantix.storage.driver.HypervisorSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.Secret;

/**
 * Secrets in libvirtd's memory, which loses them when it ends. Source: https://libvirt.org/formatsecret.html.
 */
public final class LibvirtSecrets implements SecretKeeper {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LibvirtConnection connection;
    private final Clock clock;

    public LibvirtSecrets(LibvirtConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    @Override
    public void keep(HypervisorSecret secret) {
        connection.call("The secret " + secret.usage() + " could not be given to libvirt", deadline(), connect -> {
            Optional<Secret> known = find(connect, secret.id());
            Secret kept = known.isPresent() ? known.get() : connect.secretDefineXML(SecretDocument.of(secret));
            try {
                // Again also for one that is known: whoever made it may have died before it had its value.
                kept.setValue(Base64.getDecoder().decode(secret.base64()));
                return true;
            } finally {
                kept.free();
            }
        });
    }

    @Override
    public void forget(UUID id) {
        connection.call("The secret " + id + " could not be taken from libvirt", deadline(), connect -> {
            Optional<Secret> known = find(connect, id);
            if (known.isPresent()) {
                try {
                    known.get().undefine();
                } finally {
                    known.get().free();
                }
            }
            return true;
        });
    }

    private static Optional<Secret> find(Connect connect, UUID id) throws LibvirtException {
        try {
            return Optional.of(connect.secretLookupByUUID(id));
        } catch (LibvirtException e) {
            if (LibvirtFailures.isMissingSecret(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Instant deadline() {
        return clock.instant().plus(PATIENCE);
    }
}
