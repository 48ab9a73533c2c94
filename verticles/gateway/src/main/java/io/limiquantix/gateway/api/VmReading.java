package io.limiquantix.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request for a VM and checks what a schema cannot say; every error names its field. */
final class VmReading {
    private static final long MIB = 1 << 20;
    private static final long DEFAULT_MEMORY = 1 << 30;

    private final List<FieldError> errors = new ArrayList<>();

    private VmReading() {}

    static CreateVm read(JsonNode body) {
        VmReading reading = new VmReading();
        CreateVm request = new CreateVm(
                reading.spec(body),
                Fields.optionalId(body, "hostId"),
                Fields.flag(body, "start", true),
                Fields.flag(body, "waitForAgent", false));
        if (!reading.errors.isEmpty()) {
            throw new InvalidRequestException(reading.errors);
        }
        return request;
    }

    private VmSpec spec(JsonNode body) {
        long memory = Fields.number(body, "memoryBytes", DEFAULT_MEMORY);
        if (memory % MIB != 0) {
            error("memoryBytes", "must be a multiple of 1 MiB (1048576).");
        }
        @Nullable String description = Fields.optionalText(body, "description");
        return new VmSpec(
                Fields.text(body, "name"),
                description == null ? "" : description,
                (int) Fields.number(body, "vcpus", 1),
                memory,
                disks(body),
                nics(body),
                body.has("cloudInit") ? cloudInit(body) : null,
                Fields.optionalText(body, "folder"),
                HardwareReading.labels(body),
                HardwareReading.machine(body),
                HardwareReading.cdroms(body),
                Fields.texts(body, "bootOrder"));
    }

    private List<DiskSpec> disks(JsonNode body) {
        List<DiskSpec> disks = new ArrayList<>();
        for (JsonNode disk : Fields.list(body, "disks")) {
            DiskSpec spec = new DiskSpec(
                    Fields.optionalId(disk, "imageId"),
                    Fields.optionalNumber(disk, "sizeBytes"),
                    Fields.optionalId(disk, "poolId"),
                    Fields.optionalId(disk, "volumeId"),
                    HardwareReading.disk(disk));
            if (spec.imageId() == null && spec.sizeBytes() == null && spec.volumeId() == null) {
                error("disks[" + disks.size() + "].sizeBytes", "is needed for a disk without an image.");
            }
            disks.add(spec);
        }
        return disks;
    }

    private List<NicSpec> nics(JsonNode body) {
        if (!body.has("nics")) {
            return List.of(new NicSpec("default", null));
        }
        List<NicSpec> nics = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode nic : Fields.list(body, "nics")) {
            nics.add(new NicSpec(
                    Fields.text(nic, "network"),
                    mac(nic, "nics[" + nics.size() + "].mac", seen),
                    HardwareReading.nic(nic)));
        }
        return nics;
    }

    private @Nullable String mac(JsonNode nic, String field, Set<String> seen) {
        @Nullable String text = Fields.optionalText(nic, "mac");
        if (text == null) {
            return null;
        }
        String mac = text.toLowerCase(Locale.ROOT);
        if ((Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1) {
            error(field, "is a multicast address; a network card needs one of its own.");
        }
        if (mac.equals("00:00:00:00:00:00")) {
            error(field, "is no address.");
        }
        if (!seen.add(mac)) {
            error(field, "is used by another network card of the same VM.");
        }
        return mac;
    }

    private CloudInit cloudInit(JsonNode body) {
        JsonNode node = body.get("cloudInit");
        @Nullable String hostName = Fields.optionalText(node, "hostName");
        if (hostName != null && !isHostName(hostName)) {
            error("cloudInit.hostName", "must be made of labels of 1 to 63 letters, digits and inner hyphens.");
        }
        @Nullable String password = Fields.optionalText(node, "password");
        if (password != null && password.chars().anyMatch(Character::isISOControl)) {
            error("cloudInit.password", "has control characters in it, which no log-in prompt can take.");
        }
        return new CloudInit(
                hostName,
                Fields.text(node, "user"),
                password == null || !errors.isEmpty() ? null : GuestPassword.hash(password),
                sshKeys(node),
                Fields.flag(node, "sshPasswordLogin", false),
                Fields.texts(node, "packages"),
                node.has("network") ? network(node.get("network")) : null);
    }

    private static boolean isHostName(String name) {
        return List.of(name.split("\\.", -1)).stream()
                .allMatch(label -> label.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"));
    }

    private List<String> sshKeys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        for (String key : Fields.texts(node, "sshKeys")) {
            String line = key.strip();
            String field = "cloudInit.sshKeys[" + keys.size() + "]";
            SshKey.problem(line).ifPresent(problem -> error(field, problem));
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

    private void error(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
