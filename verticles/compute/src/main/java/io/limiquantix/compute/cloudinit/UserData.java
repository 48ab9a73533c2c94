package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.compute.cloudinit.FreeUserData.CloudConfig;
import io.limiquantix.compute.cloudinit.FreeUserData.None;
import io.limiquantix.compute.cloudinit.FreeUserData.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The document {@code user-data}: what the form says as a cloud-config, put together with what the caller wrote. */
final class UserData {
    private static final String ROOT = "root";
    private static final String AGENT = "qemu-guest-agent";
    /** Distributions differ in whether a package's service begins by itself, and in what begins it. */
    private static final String START_AGENT = "if command -v systemctl >/dev/null;"
            + " then systemctl enable " + AGENT + "; systemctl start " + AGENT + ";"
            + " else rc-update add " + AGENT + "; rc-service " + AGENT + " start; fi";

    /**
     * Once for the new instance and not at each boot (cloud-init-per(1)), before anything is installed. systemd-machine-id-setup(1) takes
     * D-Bus's id where there is one, so that goes too. A systemd-networkd that runs by then identified itself to DHCP by the old one.
     */
    private static final List<String> NEW_MACHINE_ID = List.of(
            "cloud-init-per",
            "instance",
            "limiquantix-machine-id",
            "sh",
            "-c",
            "rm -f /etc/machine-id /var/lib/dbus/machine-id;"
                    + " if command -v systemd-machine-id-setup >/dev/null; then systemd-machine-id-setup;"
                    + " if [ -d /var/lib/dbus ]; then ln -s /etc/machine-id /var/lib/dbus/machine-id; fi;"
                    + " systemctl --no-block try-restart systemd-networkd;"
                    + " elif command -v dbus-uuidgen >/dev/null; then dbus-uuidgen --ensure;"
                    + " cp /var/lib/dbus/machine-id /etc/machine-id; fi; true");

    private UserData() {}

    static String of(HostName name, CloudInit wish, boolean isMasked) {
        Map<String, Object> ours = ours(name, wish);
        return switch (FreeUserData.read(wish.userData())) {
            case None _ -> text(ours, isMasked);
            case CloudConfig theirs -> text(CloudConfigMerge.of(ours, theirs.root(), wish.user()), isMasked);
            case Script script
            when isMasked -> MultipartUserData.readable(text(ours, true), SecretMask.of(script.text()));
            case Script script -> MultipartUserData.of(text(ours, false), script.text());
        };
    }

    private static String text(Map<String, Object> document, boolean isMasked) {
        Node root = YamlText.node(document);
        return "#cloud-config\n" + YamlText.of(isMasked ? SecretMask.of(root) : root);
    }

    private static Map<String, Object> ours(HostName name, CloudInit wish) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("hostname", name.label());
        name.full().ifPresent(full -> document.put("fqdn", full));
        document.put("manage_etc_hosts", true);
        document.put("users", List.of(user(wish)));
        if (wish.user().equals(ROOT)) {
            document.put("disable_root", false);
        }
        document.put("ssh_pwauth", wish.sshPasswordLogin());
        if (wish.locale() != null) {
            document.put("locale", wish.locale());
        }
        if (wish.timeZone() != null) {
            document.put("timezone", wish.timeZone());
        }
        if (wish.newMachineId()) {
            document.put("bootcmd", List.of(NEW_MACHINE_ID));
        }
        addPackages(document, wish);
        addCommands(document, wish);
        return document;
    }

    private static void addPackages(Map<String, Object> document, CloudInit wish) {
        List<String> packages = new ArrayList<>(wish.packages());
        if (wish.agent() && !packages.contains(AGENT)) {
            packages.add(AGENT);
        }
        if (!packages.isEmpty()) {
            document.put("package_update", true);
            document.put("packages", packages);
        }
    }

    private static void addCommands(Map<String, Object> document, CloudInit wish) {
        List<String> commands = new ArrayList<>();
        if (wish.agent()) {
            commands.add(START_AGENT);
        }
        commands.addAll(wish.runCommands());
        if (!commands.isEmpty()) {
            document.put("runcmd", commands);
        }
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
