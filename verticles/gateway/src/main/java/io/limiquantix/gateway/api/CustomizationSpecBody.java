package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CustomizationSpecView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customization spec as the API shows it: with its secrets' presence, and without them. */
public record CustomizationSpecBody(
        UUID id,
        String name,
        String description,
        Kind kind,
        String hostNamePattern,
        @Nullable Linux cloudInit,
        @Nullable Windows cloudbase,
        boolean passwordSet,
        boolean userDataSet,
        Instant createdAt,
        Instant changedAt,
        long version) {

    /** What guests it is for. */
    public enum Kind {
        LINUX,
        WINDOWS
    }

    /** For cloud-init, as a request for a VM says it. */
    public record Linux(
            String user,
            List<String> sshKeys,
            boolean sshPasswordLogin,
            List<String> packages,
            CloudInit.@Nullable StaticNetwork network,
            List<CloudInit.NicAddresses> networks,
            List<String> runCommands,
            @Nullable String locale,
            @Nullable String timeZone,
            boolean agent,
            boolean nobodyLogsIn) {
        static Linux of(CloudInit wish) {
            return new Linux(
                    wish.user(),
                    wish.sshKeys(),
                    wish.sshPasswordLogin(),
                    wish.packages(),
                    wish.network(),
                    wish.networks(),
                    wish.runCommands(),
                    wish.locale(),
                    wish.timeZone(),
                    wish.agent(),
                    wish.nobodyLogsIn());
        }
    }

    /** For Cloudbase-Init, as a request for a VM says it. */
    public record Windows(List<String> sshKeys) {}

    public static CustomizationSpecBody of(CustomizationSpecView spec) {
        CloudInit linux = spec.cloudInit();
        return new CustomizationSpecBody(
                spec.id(),
                spec.name(),
                spec.description(),
                linux == null ? Kind.WINDOWS : Kind.LINUX,
                spec.hostNamePattern(),
                linux == null ? null : Linux.of(linux),
                spec.cloudbase() == null ? null : new Windows(spec.cloudbase().sshKeys()),
                spec.hasPassword(),
                spec.hasUserData(),
                spec.createdAt(),
                spec.changedAt(),
                spec.version());
    }
}
