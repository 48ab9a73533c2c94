package io.limiquantix.host.testing;

import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Another host's libvirt on this machine, in namespaces of its own, with libvirt's network "default". All of it, guests too, ends
 * with this object, or with this process. Needs root.
 */
public final class SecondLibvirt implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What it has for itself, by where it finds it. */
    private static final String INSIDE = """
            set -e
            home=$1
            hostname second
            mount --rbind /sys/fs/cgroup "$home/cgroup"
            mount -t sysfs sysfs /sys
            mount --rbind "$home/cgroup" /sys/fs/cgroup
            cp -a /etc/libvirt/. "$home/etc/"
            # Not the other host's guests and networks.
            rm -rf "$home"/etc/qemu/*.xml "$home"/etc/qemu/autostart "$home"/etc/qemu/networks/autostart
            find "$home/etc/qemu/networks" -name '*.xml' ! -name default.xml -delete
            printf 'host_uuid = "%s"\\n' "$(cat /proc/sys/kernel/random/uuid)" >> "$home/etc/libvirtd.conf"
            echo "127.0.0.1 localhost second" > "$home/hosts"
            mkdir -p /run/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt /run/limiquantix/migrations
            mount --bind "$home/run" /run/libvirt
            mount --bind "$home/lib" /var/lib/libvirt
            mount --bind "$home/cache" /var/cache/libvirt
            mount --bind "$home/log" /var/log/libvirt
            mount --bind "$home/etc" /etc/libvirt
            mount --bind "$home/hosts" /etc/hosts
            mount --bind "$home/migrations" /run/limiquantix/migrations
            ip link set lo up
            virtlogd -d -p "$home/virtlogd.pid"
            libvirtd -d -p "$home/libvirtd.pid"
            # Not in its place: what daemons leave behind is this shell's to bury.
            (
              while read -r _; do
                kill -9 "$(cat "$home/libvirtd.pid")"
                rm -f "$home/libvirtd.pid"
                libvirtd -d -p "$home/libvirtd.pid"
              done
            )
            exit
            """;

    private final ProcessTool tool = new ProcessTool();
    private final Path home;
    private final Process namespaces;

    private SecondLibvirt(Path home, Process namespaces) {
        this.home = home;
        this.namespaces = namespaces;
    }

    /** @param home QEMU's user must get through to it */
    public static SecondLibvirt start(Path home) {
        try {
            for (String folder : List.of("run", "lib", "cache", "log", "etc", "cgroup", "migrations")) {
                Files.createDirectories(home.resolve(folder));
            }
            // The shell reads from this process, and what it is the first of ends with it.
            Process namespaces = new ProcessBuilder(
                            "unshare",
                            "--pid",
                            "--fork",
                            "--kill-child",
                            "--mount-proc",
                            "--mount",
                            "--uts",
                            "--net",
                            "--propagation",
                            "private",
                            "sh",
                            "-c",
                            INSIDE,
                            "sh",
                            home.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out").toFile())
                    .start();
            SecondLibvirt second = new SecondLibvirt(home, namespaces);
            Eventually.get(PATIENCE, second::answers, answers -> answers);
            second.virsh("net-start", "default");
            return second;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            virsh("uri");
            return true;
        } catch (ToolException _) {
            return false;
        }
    }

    public String uri() {
        return "qemu:///system?socket=" + home.resolve("run/libvirt-sock");
    }

    /** Kills the daemon and starts it again, while guests go on. */
    public void killed() {
        String before = process();
        try {
            namespaces.getOutputStream().write('\n');
            namespaces.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.get(PATIENCE, this::process, now -> !now.isEmpty() && !now.equals(before));
    }

    /** The daemon's; empty while there is none. */
    private String process() {
        try {
            return Files.readString(home.resolve("libvirtd.pid")).strip();
        } catch (NoSuchFileException _) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this machine sees the folder of its migrations. */
    public Path migrations() {
        return home.resolve("migrations");
    }

    /** What virsh printed, without white space around it. */
    public String virsh(String... words) {
        String[] all = {"virsh", "-q", "-c", uri()};
        String[] command = Arrays.copyOf(all, all.length + words.length);
        System.arraycopy(words, 0, command, all.length, words.length);
        return tool.run(CommandLine.of(command)).strip();
    }

    @Override
    public void close() {
        namespaces.destroyForcibly();
        namespaces.onExit().join();
    }
}
