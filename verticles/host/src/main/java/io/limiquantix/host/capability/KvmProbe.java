package io.limiquantix.host.capability;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;

/**
 * Finds out whether KVM runs guests, by running one: a boot sector that does what every kernel does first and some plain
 * work, and ends QEMU with a certain exit code. There is a kind of {@code /dev/kvm} that opens, reports no error and
 * emulates so slowly that no kernel ever boots; only time tells it from the real one.
 */
public final class KvmProbe {
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final String GUEST = "kvm-probe.bin";
    /** SeaBIOS does not start a smaller disk. */
    private static final int DISK_BYTES = 1 << 20;
    /** The guest writes 42 to isa-debug-exit, which makes it twice that and one. */
    private static final int GUEST_RAN = 85;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String QEMU_USER = "libvirt-qemu";

    private final Tool tool;
    private final Path device;

    public KvmProbe(Tool tool) {
        this(tool, DEVICE);
    }

    KvmProbe(Tool tool, Path device) {
        this.tool = tool;
        this.device = device;
    }

    /** @param certain whether the same would be found again, as far as a probe can tell */
    record Finding(AcceleratorChoice choice, boolean certain) {}

    Finding run() {
        if (!Files.exists(device)) {
            return emulation("There is no /dev/kvm: this machine offers no hardware virtualisation, or it is off.");
        }
        try {
            Path disk = Files.createTempFile(
                    "kvm-probe",
                    ".raw",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
            try {
                Files.write(disk, Arrays.copyOf(guest(), DISK_BYTES));
                return tryWith(disk);
            } finally {
                Files.deleteIfExists(disk);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the probe's disk cannot be written", e);
        }
    }

    private static byte[] guest() throws IOException {
        try (InputStream in = KvmProbe.class.getResourceAsStream(GUEST)) {
            if (in == null) {
                throw new IOException(GUEST + " is missing from the program");
            }
            return in.readAllBytes();
        }
    }

    private Finding tryWith(Path disk) {
        try {
            tool.run(command(disk));
            return emulation("/dev/kvm opens, but a probe guest crashed on it; guests are emulated.");
        } catch (ToolException e) {
            if (e.exitCode() == GUEST_RAN) {
                return new Finding(new AcceleratorChoice(Accelerator.KVM, "A probe guest ran on /dev/kvm."), true);
            }
            return switch (e.kind()) {
                case KILLED ->
                    perhaps("/dev/kvm opens, but a probe guest did not finish on it within " + PATIENCE.toSeconds()
                            + " s; guests are emulated.");
                case FAILED ->
                    emulation("KVM does not work for QEMU's user; guests are emulated. "
                            + e.errorOutput().strip());
                case NOT_RUN -> perhaps("KVM could not be tried: " + e.getMessage());
            };
        }
    }

    private static Finding emulation(String reason) {
        return new Finding(new AcceleratorChoice(Accelerator.TCG, reason), true);
    }

    /** A machine that was busy for a moment looks the same. */
    private static Finding perhaps(String reason) {
        return new Finding(new AcceleratorChoice(Accelerator.TCG, reason), false);
    }

    private CommandLine command(Path disk) {
        // A guest that spins for ever on a KVM that does not work must not outlive this process, however that ends.
        CommandLine qemu = CommandLine.of("timeout", "--signal=KILL", Long.toString(PATIENCE.toSeconds() + 1))
                .with("qemu-system-x86_64", "-accel", "kvm", "-cpu", "host", "-machine", "q35")
                .with("-m", "16", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot")
                .with("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04")
                .with("-drive", "file=" + disk + ",format=raw,if=ide,snapshot=on");
        // What counts is whether the user that will run the guests can use the device.
        CommandLine asQemu = runsAsRoot() && qemuUserExists()
                ? CommandLine.of("runuser", "-u", QEMU_USER, "--")
                        .with(qemu.words().toArray(String[]::new))
                : qemu;
        return asQemu.within(PATIENCE);
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private boolean qemuUserExists() {
        try {
            tool.run(CommandLine.of("id", "-u", QEMU_USER));
            return true;
        } catch (ToolException e) {
            if (e.kind() == ToolException.Kind.FAILED) {
                return false;
            }
            throw e;
        }
    }
}
