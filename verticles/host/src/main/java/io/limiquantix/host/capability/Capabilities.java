package io.limiquantix.host.capability;

import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.host.libvirt.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the host's capabilities once libvirt answers, and keeps them. Safe for any thread. */
public final class Capabilities {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final Node node;
    private final AcceleratorAnswer accelerator;
    private final AtomicReference<@Nullable HostCapabilities> known = new AtomicReference<>();

    public Capabilities(Node node, AcceleratorAnswer accelerator) {
        this.node = node;
        this.accelerator = accelerator;
    }

    /** What is known by now, without waiting. */
    public @Nullable HostCapabilities known() {
        return known.get();
    }

    /** Reads anew, which at the first time may include the KVM probe; one caller at a time. */
    public synchronized HostCapabilities read(Instant deadline) {
        Node.Facts facts = node.read(deadline);
        AcceleratorChoice choice = accelerator.get(facts.qemuVersion());
        HostCapabilities capabilities = new HostCapabilities(
                processor(facts.cpuModel()),
                facts.architecture(),
                facts.cpuCores(),
                MachineMemory.totalBytes(),
                facts.numaCells(),
                facts.libvirtVersion(),
                facts.qemuVersion(),
                System.getProperty("os.version"),
                choice.accelerator(),
                choice.reason());
        known.set(capabilities);
        return capabilities;
    }

    /** Waits for the first reading where it has not happened yet. */
    public HostCapabilities get(Instant deadline) {
        HostCapabilities now = known.get();
        return now != null ? now : readFirst(deadline);
    }

    /** Of many who wait, one reads. */
    private synchronized HostCapabilities readFirst(Instant deadline) {
        HostCapabilities now = known.get();
        return now != null ? now : read(deadline);
    }

    /** The kernel's name for the processor says more to a person than libvirt's nearest model. */
    private static String processor(String model) {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(l -> l.startsWith("model name"))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
