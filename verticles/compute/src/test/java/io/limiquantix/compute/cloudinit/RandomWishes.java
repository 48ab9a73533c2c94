package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Wishes of any kind that the rules accept; the same seed makes the same ones. */
final class RandomWishes {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me: # here";
    private static final List<String> PARTS = List.of(
            "packages: [htop, [curl, '7.88']]\n",
            "runcmd:\n- [sh, -c, 'echo: \"x\"']\n- \"echo 'two: three'\"\n",
            "write_files:\n- path: /etc/a\n  permissions: '0644'\n  content: |\n    a: b\n     - c\n",
            "users:\n- name: eve\n  groups: [sudo]\n  shell: /bin/sh\n  ssh_authorized_keys: [" + "ssh-rsa AAAA]\n",
            "bootcmd:\n- echo early\n",
            "ntp: {enabled: true, servers: [192.0.2.1]}\n",
            "swap: {filename: /swap, size: 1048576}\n",
            "package_upgrade: true\n",
            "final_message: 'done: yes'\n",
            "chpasswd: {expire: false}\n");

    private final Random random;

    RandomWishes(long seed) {
        this.random = new Random(seed);
    }

    CloudInit next() {
        return new CloudInit(
                maybe("web.example.com"),
                random.nextInt(5) == 0 ? "root" : "admin",
                maybe("$6$salt$" + "x".repeat(86)),
                some(KEY),
                random.nextBoolean(),
                some("nginx", "vim"),
                null,
                networks(),
                some("echo a: b", "systemctl restart x || true", "cat <<EOF >/x\na\nEOF"),
                maybe("de_AT.UTF-8"),
                maybe("America/Argentina/Buenos_Aires"),
                userData(),
                random.nextBoolean(),
                true);
    }

    private @Nullable String maybe(String value) {
        return random.nextBoolean() ? value : null;
    }

    private List<String> some(String... values) {
        List<String> chosen = new ArrayList<>();
        for (String value : values) {
            if (random.nextBoolean()) {
                chosen.add(value);
            }
        }
        return chosen;
    }

    private List<NicAddresses> networks() {
        List<NicAddresses> networks = new ArrayList<>();
        for (int nic = 0; nic < 2; nic++) {
            boolean fixed = random.nextBoolean();
            if (random.nextBoolean()) {
                networks.add(new NicAddresses(
                        nic,
                        !fixed,
                        random.nextBoolean(),
                        fixed ? List.of("192.0.2.1" + nic + "/24", "2001:db8::1" + nic + "/64") : List.of(),
                        fixed ? maybe("192.0.2.1") : null,
                        fixed ? maybe("2001:db8::1") : null,
                        some("192.0.2.53", "2001:db8::53"),
                        some("example.com"),
                        random.nextBoolean() ? 1_400 : null));
            }
        }
        return networks;
    }

    private @Nullable String userData() {
        StringBuilder text = new StringBuilder("#cloud-config\n");
        int before = text.length();
        PARTS.stream().filter(_ -> random.nextInt(3) == 0).forEach(text::append);
        return text.length() == before ? null : text.toString();
    }
}
