package io.limiquantix.bus.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudbase-Init does at a Windows guest's first boot. There is no password: the config drive could carry one in plain text only,
 * for every program of the guest to read.
 *
 * @param sshKeys for the account that the image's configuration of Cloudbase-Init names
 * @param userData a script for PowerShell or {@code cmd}; where it is stored, it is sealed
 */
public record Cloudbase(
        @Nullable String hostName,
        @JsonInclude(Include.NON_EMPTY) List<String> sshKeys,
        @Nullable String userData) implements GuestSetup {
    public Cloudbase {
        sshKeys = List.copyOf(sshKeys);
    }

    @Override
    public Cloudbase withHostName(@Nullable String name) {
        return new Cloudbase(name, sshKeys, userData);
    }

    /** The same with another script. */
    public Cloudbase withUserData(@Nullable String text) {
        return new Cloudbase(hostName, sshKeys, text);
    }

    /** The script stays out of logs. */
    @Override
    public String toString() {
        return "Cloudbase[hostName=" + hostName + "]";
    }
}
