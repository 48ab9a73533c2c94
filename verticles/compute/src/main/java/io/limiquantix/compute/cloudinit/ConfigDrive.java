package io.limiquantix.compute.cloudinit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.Cloudbase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The documents of an OpenStack config drive, as Cloudbase-Init reads them (its documentation, "OpenStack configuration drive").
 *
 * @param userData empty when there is none
 */
public record ConfigDrive(String metaData, String userData) {
    private static final String FIELD = "cloudbase.userData";
    private static final int MOST_BYTES = 64 * 1024;
    /** Cloudbase-Init's documentation, "Userdata". */
    private static final List<String> BEGINNINGS =
            List.of("#ps1_sysnative", "#ps1_x86", "#ps1", "rem cmd", "#!/usr/bin/env python", "#!/bin/bash");

    /** @throws FailureException {@code INVALID} when the caller's own script is not acceptable */
    public static ConfigDrive of(UUID vmId, String vmName, Cloudbase wish) {
        return of(vmId.toString(), vmName, wish, false);
    }

    /** The same with secrets hidden, for people's eyes. */
    public static ConfigDrive masked(String instanceId, String vmName, Cloudbase wish) {
        return of(instanceId, vmName, wish, true);
    }

    private static ConfigDrive of(String instanceId, String vmName, Cloudbase wish, boolean isMasked) {
        HostName name = HostName.of(wish.hostName(), vmName);
        ObjectNode metaData = Wire.json().createObjectNode();
        metaData.put("uuid", instanceId);
        metaData.put("name", vmName);
        metaData.put("hostname", name.full().orElse(name.label()));
        ObjectNode keys = metaData.putObject("public_keys");
        for (int i = 0; i < wish.sshKeys().size(); i++) {
            keys.put("key-" + (i + 1), wish.sshKeys().get(i));
        }
        String script = wish.userData() == null ? "" : script(wish.userData());
        return new ConfigDrive(metaData.toPrettyString() + "\n", isMasked ? SecretMask.of(script) : script);
    }

    private static String script(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw FailureException.invalid(FIELD, "A script has at most 64 KiB. Let it download what is longer.");
        }
        if (!text.isBlank() && BEGINNINGS.stream().noneMatch(text::startsWith)) {
            throw FailureException.invalid(
                    FIELD,
                    "Cloudbase-Init knows a script by its first line: #ps1_sysnative for PowerShell, rem cmd for cmd.");
        }
        return text;
    }

    /** The script stays out of logs. */
    @Override
    public String toString() {
        return "ConfigDrive";
    }
}
