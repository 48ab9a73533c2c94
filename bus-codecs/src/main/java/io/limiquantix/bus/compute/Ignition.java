package io.limiquantix.bus.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Ignition does at the first boot of Fedora CoreOS, Flatcar and their like.
 *
 * @param passwordHash SHA-512-crypt; the plain password never leaves the gateway
 * @param config the caller's own configuration of version 3 as JSON; where it is stored, it is sealed
 * @param nobodyLogsIn the caller knows that there is neither a password nor a key
 */
public record Ignition(
        @Nullable String hostName,
        String user,
        @Nullable String passwordHash,
        @JsonInclude(Include.NON_EMPTY) List<String> sshKeys,
        @Nullable String config,
        @JsonInclude(Include.NON_DEFAULT) boolean nobodyLogsIn)
        implements GuestSetup {
    public Ignition {
        sshKeys = List.copyOf(sshKeys);
    }

    /** The same with another configuration. */
    public Ignition withConfig(@Nullable String text) {
        return new Ignition(hostName, user, passwordHash, sshKeys, text, nobodyLogsIn);
    }

    @Override
    public Ignition withHostName(@Nullable String name) {
        return new Ignition(name, user, passwordHash, sshKeys, config, nobodyLogsIn);
    }

    /** The hash and the configuration stay out of logs. */
    @Override
    public String toString() {
        return "Ignition[user=" + user + ", hostName=" + hostName + "]";
    }
}
