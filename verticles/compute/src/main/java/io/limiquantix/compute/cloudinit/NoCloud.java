package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.VmView.Nic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The three documents from which cloud-init's NoCloud source sets up a guest.
 *
 * @param userData holds a password's hash, never a password
 */
public record NoCloud(String metaData, String userData, String networkConfig) {
    private static final String ROOT = "root";

    public static NoCloud of(UUID vmId, String vmName, CloudInit wish, List<Nic> nics) {
        HostName name = HostName.of(wish.hostName(), vmName);
        return new NoCloud(
                YamlText.of(metaData(vmId, name)),
                "#cloud-config\n" + YamlText.of(userData(name, wish)),
                YamlText.of(NetworkConfig.of(nics, wish.network())));
    }

    /** The hash stays out of logs. */
    @Override
    public String toString() {
        return "NoCloud[" + metaData.strip() + "]";
    }

    private static Map<String, Object> metaData(UUID vmId, HostName name) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("instance-id", vmId.toString());
        document.put("local-hostname", name.full().orElse(name.label()));
        return document;
    }

    private static Map<String, Object> userData(HostName name, CloudInit wish) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("hostname", name.label());
        name.full().ifPresent(full -> document.put("fqdn", full));
        document.put("manage_etc_hosts", true);
        document.put("users", List.of(user(wish)));
        if (wish.user().equals(ROOT)) {
            document.put("disable_root", false);
        }
        document.put("ssh_pwauth", wish.sshPasswordLogin());
        if (!wish.packages().isEmpty()) {
            document.put("package_update", true);
            document.put("packages", wish.packages());
        }
        return document;
    }

    private static Map<String, Object> user(CloudInit wish) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("name", wish.user());
        if (!wish.user().equals(ROOT)) {
            user.put("sudo", "ALL=(ALL) NOPASSWD:ALL");
            user.put("shell", "/bin/bash");
        }
        user.put("lock_passwd", wish.passwordHash() == null);
        if (wish.passwordHash() != null) {
            user.put("hashed_passwd", wish.passwordHash());
        }
        if (!wish.sshKeys().isEmpty()) {
            user.put("ssh_authorized_keys", wish.sshKeys());
        }
        return user;
    }
}
