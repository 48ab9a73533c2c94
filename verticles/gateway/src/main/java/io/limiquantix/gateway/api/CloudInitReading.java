package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.runtime.ssh.SshPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a guest is set up. Its password becomes a hash here, and only if nothing is wrong with the request so far. */
final class CloudInitReading {
    private final List<FieldError> errors;
    private final boolean bySpec;

    /** @param errors of the request, to which those found here are added */
    CloudInitReading(List<FieldError> errors) {
        this(errors, false);
    }

    /** @param bySpec whether a customization spec says what is not there */
    CloudInitReading(List<FieldError> errors, boolean bySpec) {
        this.errors = errors;
        this.bySpec = bySpec;
    }

    CloudInit read(JsonNode node) {
        @Nullable String hostName = Fields.optionalText(node, "hostName");
        if (hostName != null && !isHostName(hostName)) {
            error("cloudInit.hostName", "must be made of labels of 1 to 63 letters, digits and inner hyphens.");
        }
        if (!node.has("user") && !bySpec) {
            error("cloudInit.user", "is needed: the account that is made in the guest.");
        }
        @Nullable String password = password(node, "cloudInit");
        return new CloudInit(
                hostName,
                node.has("user") ? Fields.text(node, "user") : "",
                password == null || !errors.isEmpty() ? null : GuestPassword.hash(password),
                sshKeys(node, "cloudInit"),
                Fields.flag(node, "sshPasswordLogin", false),
                Fields.texts(node, "packages"),
                node.has("network") ? network(node.get("network")) : null,
                Fields.list(node, "networks").stream()
                        .map(CloudInitReading::addresses)
                        .toList(),
                Fields.texts(node, "runCommands"),
                Fields.optionalText(node, "locale"),
                Fields.optionalText(node, "timeZone"),
                Fields.optionalText(node, "userData"),
                Fields.flag(node, "agent", false),
                Fields.flag(node, "nobodyLogsIn", false));
    }

    Cloudbase cloudbase(JsonNode node) {
        return new Cloudbase(
                Fields.optionalText(node, "hostName"),
                sshKeys(node, "cloudbase"),
                Fields.optionalText(node, "userData"));
    }

    Ignition ignition(JsonNode node) {
        @Nullable String password = password(node, "ignition");
        return new Ignition(
                Fields.optionalText(node, "hostName"),
                node.has("user") ? Fields.text(node, "user") : "core",
                password == null || !errors.isEmpty() ? null : GuestPassword.hash(password),
                sshKeys(node, "ignition"),
                Fields.optionalText(node, "config"),
                Fields.flag(node, "nobodyLogsIn", false));
    }

    private @Nullable String password(JsonNode node, String place) {
        @Nullable String password = Fields.optionalText(node, "password");
        if (password != null && password.chars().anyMatch(Character::isISOControl)) {
            error(place + ".password", "has control characters in it, which no log-in prompt can take.");
        }
        return password;
    }

    private static boolean isHostName(String name) {
        return List.of(name.split("\\.", -1)).stream()
                .allMatch(label -> label.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"));
    }

    private List<String> sshKeys(JsonNode node, String place) {
        List<String> keys = new ArrayList<>();
        for (String key : Fields.texts(node, "sshKeys")) {
            String line = key.strip();
            String field = place + ".sshKeys[" + keys.size() + "]";
            SshPublicKey.problem(line).ifPresent(problem -> error(field, problem));
            keys.add(line);
        }
        return keys;
    }

    private StaticNetwork network(JsonNode node) {
        String address = Fields.text(node, "address");
        if (!IpAddresses.isInterfaceAddress(address)) {
            error("cloudInit.network.address", "must be an address with its prefix, as in 192.0.2.10/24.");
        }
        @Nullable String gateway = Fields.optionalText(node, "gateway");
        if (gateway != null) {
            requireAddress("cloudInit.network.gateway", gateway);
            if ((gateway.indexOf(':') < 0) != (address.indexOf(':') < 0)) {
                error("cloudInit.network.gateway", "must be of the same IP version as the address.");
            }
        }
        List<String> nameServers = Fields.texts(node, "nameServers");
        for (int i = 0; i < nameServers.size(); i++) {
            requireAddress("cloudInit.network.nameServers[" + i + "]", nameServers.get(i));
        }
        return new StaticNetwork(address, gateway, nameServers);
    }

    private void requireAddress(String field, String text) {
        if (IpAddresses.parse(text).filter(IpAddresses::isUsable).isEmpty()) {
            error(field, "must be the IP address of a machine.");
        }
    }

    /** What they may be is said by compute's rules. */
    private static NicAddresses addresses(JsonNode node) {
        boolean isFixed = node.has("addresses");
        return new NicAddresses(
                (int) Fields.number(node, "nic", 0),
                Fields.flag(node, "dhcp4", !isFixed),
                Fields.flag(node, "dhcp6", false),
                Fields.texts(node, "addresses"),
                Fields.optionalText(node, "gateway4"),
                Fields.optionalText(node, "gateway6"),
                Fields.texts(node, "nameServers"),
                Fields.texts(node, "searchDomains"),
                node.has("mtu") ? Integer.valueOf(node.get("mtu").asInt()) : null);
    }

    private void error(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
