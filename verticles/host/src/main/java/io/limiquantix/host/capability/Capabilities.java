package io.limiquantix.host.capability;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.host.libvirt.MachineOffering;
import io.limiquantix.host.libvirt.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the host's capabilities once libvirt answers, and keeps them. Safe for any thread. */
public final class Capabilities {
    private static final Logger LOG = LoggerFactory.getLogger(Capabilities.class);
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private final Node node;
    private final MachineOffering machines;
    private final AcceleratorAnswer accelerator;
    private final AtomicReference<@Nullable HostCapabilities> known = new AtomicReference<>();

    public Capabilities(Node node, MachineOffering machines, AcceleratorAnswer accelerator) {
        this.node = node;
        this.machines = machines;
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
                choice.reason(),
                offers(choice.accelerator(), deadline));
        known.set(capabilities);
        return capabilities;
    }

    /** A libvirt that cannot say it makes plain machines all the same. */
    private @Nullable MachineOffers offers(Accelerator accelerator, Instant deadline) {
        try {
            return machines.read(accelerator, flags(), deadline);
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                throw e;
            }
            LOG.warn(
                    "it is not known what machines libvirt can make: {}",
                    e.failure().message());
            return null;
        }
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
        String name = firstOf("model name");
        return name.isEmpty() ? model : name;
    }

    private static Set<String> flags() {
        return Set.copyOf(List.of(firstOf("flags").split(" ")));
    }

    /** What the first processor has in this field of /proc/cpuinfo (proc(5)); empty where there is none. */
    private static String firstOf(String field) {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(l -> l.startsWith(field))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
