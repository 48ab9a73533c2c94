package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.Describe;
import io.limiquantix.bus.host.DomainApi.EditDomain;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.DefinedMachine;
import io.limiquantix.host.domain.DomainDocument;
import io.limiquantix.host.domain.EditedDefinition;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.MemoryPlaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.libvirt.Domain;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.libvirt.MemoryStatistic;
import org.libvirt.MissingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of machines that are there already. The definition comes first; what a running guest does not go along with is then
 * what it starts with the next time, and nothing has to be taken back.
 */
public final class DomainEdits {
    private static final Logger LOG = LoggerFactory.getLogger(DomainEdits.class);
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;
    /** {@code VIR_DOMAIN_AFFECT_LIVE} and {@code VIR_DOMAIN_AFFECT_CONFIG}. */
    private static final int LIVE = 1;

    private static final int CONFIG = 2;
    /** {@code VIR_DOMAIN_VCPU_GUEST}. */
    private static final int BY_AGENT = 8;
    /** {@code VIR_DOMAIN_METADATA_DESCRIPTION} and {@code VIR_DOMAIN_METADATA_ELEMENT}. */
    private static final int DESCRIPTION = 0;

    private static final int ELEMENT = 2;
    /** A guest gives some hundred MiB a second to its balloon. */
    private static final Duration BALLOON = Duration.ofSeconds(20);
    /** How long a guest may need to notice a processor that was plugged in. */
    private static final Duration NOTICING = Duration.ofSeconds(15);

    /** {@code VIR_DOMAIN_MEMORY_STAT_USABLE}, and more than there are. */
    private static final int USABLE = 8;

    private static final int ALL_STATISTICS = 32;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** What an answer needs to reach whoever asked. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    private final LibvirtConnection connection;
    private final LongSupplier hostMemory;

    /** @param hostMemory how many bytes this host has */
    public DomainEdits(LibvirtConnection connection, LongSupplier hostMemory) {
        this.connection = connection;
        this.hostMemory = hostMemory;
    }

    /**
     * Changes the definition, and the running domain as far as its guest goes along.
     *
     * @return whether memory was plugged in, which the guest may still have to notice
     */
    public boolean edit(EditDomain wish, Instant deadline) {
        connection.withDomain(wish.vmId(), "The domain could not be defined anew", deadline, domain -> {
            String edited = EditedDefinition.of(domain.getXMLDesc(AS_DEFINED), wish, hostMemory.getAsLong());
            domain.getConnect().domainDefineXML(edited).free();
            return true;
        });
        Running running = read(wish.vmId(), deadline);
        if (running.state() == PowerState.STOPPED) {
            return false;
        }
        describe(new Describe(wish.vmId(), wish.digest(), wish.description()), deadline);
        // A guest that is paused cannot go along with anything.
        if (running.state() == PowerState.RUNNING) {
            vcpus(wish, running, deadline);
            long kib = wish.memoryBytes() >> 10;
            boolean plugged = plug(wish.vmId(), kib, running, deadline);
            memory(wish.vmId(), kib, plugged ? kib : running.mostKib(), running, deadline);
            return plugged;
        }
        return false;
    }

    /** Takes back what was plugged in last, which the guest has to let go of; the definition stays. */
    public void unplug(UUID vmId, Instant deadline) {
        attempt(vmId, "Memory could not be unplugged", deadline, domain -> {
            Optional<String> last = LiveDefinition.parse(domain.getXMLDesc(0)).lastMemoryModule();
            if (last.isPresent()) {
                domain.detachDeviceFlags(last.get(), LIVE);
            }
        });
    }

    /** Says anew what the domain was made from. */
    public void describe(Describe wish, Instant deadline) {
        connection.withDomain(wish.vmId(), "The domain could not be described", deadline, domain -> {
            int where = (domain.isActive() == 1 ? LIVE : 0) | (domain.isPersistent() == 1 ? CONFIG : 0);
            String element =
                    LiveDefinition.parse(domain.getXMLDesc(0)).adoption().metadata(wish.vmId(), wish.digest());
            domain.setMetadata(ELEMENT, element, "lqx", DomainDocument.NAMESPACE, where);
            domain.setMetadata(DESCRIPTION, wish.description(), null, null, where);
            return true;
        });
    }

    /**
     * @param balloonKib what the guest has now
     * @param spareKib what the guest says that it could do without; 0 when it says nothing
     * @param mostKib what it was started with, and what was plugged in since
     * @param places room for more
     */
    private record Running(
            PowerState state,
            int vcpus,
            int vcpusAtMost,
            long balloonKib,
            long spareKib,
            long mostKib,
            MemoryPlaces places,
            boolean agentConnected) {}

    private Running read(UUID vmId, Instant deadline) {
        return connection.withDomain(vmId, "The domain could not be read", deadline, domain -> {
            LiveDefinition definition = LiveDefinition.parse(domain.getXMLDesc(0));
            DefinedMachine machine = definition.machine();
            boolean active = domain.isActive() == 1;
            return new Running(
                    active ? DomainStates.power(MissingCalls.state(domain)) : PowerState.STOPPED,
                    machine.vcpus(),
                    machine.vcpusAtMost(),
                    domain.getInfo().memory,
                    active ? spare(domain) : 0,
                    domain.getMaxMemory(),
                    definition.memoryPlaces(),
                    definition.agentConnected());
        });
    }

    private static long spare(Domain domain) throws LibvirtException {
        for (MemoryStatistic statistic : domain.memoryStats(ALL_STATISTICS)) {
            if (statistic.getTag() == USABLE) {
                return statistic.getValue() / 4 * 3;
            }
        }
        return 0;
    }

    private void vcpus(EditDomain wish, Running running, Instant deadline) {
        if (wish.vcpus() == running.vcpus() || wish.vcpus() > running.vcpusAtMost()) {
            return;
        }
        boolean changed = attempt(
                wish.vmId(), "The vCPUs could not be changed", deadline, d -> d.setVcpusFlags(wish.vcpus(), LIVE));
        if (changed && wish.vcpus() > running.vcpus() && running.agentConnected()) {
            useThem(wish, deadline);
        }
    }

    /**
     * Many guests leave a new processor unused until somebody says otherwise inside; those that use it by themselves lose nothing. The
     * agent refuses for as long as its kernel has not noticed the processor, which takes a busy guest a while.
     */
    private void useThem(EditDomain wish, Instant deadline) {
        Instant end = earlier(Instant.now().plus(NOTICING), deadline.minus(SPARE));
        while (true) {
            try {
                connection.withAgent(wish.vmId(), "The guest could not be asked to use its vCPUs", deadline, domain -> {
                    domain.setVcpusFlags(wish.vcpus(), BY_AGENT);
                    return true;
                });
                return;
            } catch (FailureException e) {
                if (Instant.now().isAfter(end)) {
                    LOG.warn("the agent in {} did not take its new vCPUs into use: {}", wish.vmId(), e.getMessage());
                    return;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /**
     * Success is what the balloon says. A guest is not asked for what it needs, as it would end programs to give it; one that cannot give
     * so much all the same gets back what it gave.
     */
    private void memory(UUID vmId, long kib, long mostKib, Running running, Instant deadline) {
        boolean needed = running.balloonKib() - kib > running.spareKib();
        if (kib == running.balloonKib() || kib > mostKib || needed) {
            return;
        }
        String what = "The guest's memory could not be changed";
        if (!attempt(vmId, what, deadline, domain -> domain.setMemory(kib))) {
            return;
        }
        Instant end = earlier(Instant.now().plus(BALLOON), deadline.minus(SPARE));
        while (balloon(vmId, deadline) != kib) {
            if (Instant.now().isAfter(end)) {
                attempt(vmId, what, deadline, domain -> domain.setMemory(Math.max(kib, running.balloonKib())));
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** The definition has no modules: the next start gives all of it at once. */
    private boolean plug(UUID vmId, long kib, Running running, Instant deadline) {
        if (kib <= running.mostKib() || !running.places().take(running.mostKib(), kib)) {
            return false;
        }
        String module = MemoryPlaces.module(kib - running.mostKib());
        return attempt(vmId, "Memory could not be plugged in", deadline, d -> d.attachDeviceFlags(module, LIVE));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private long balloon(UUID vmId, Instant deadline) {
        return connection.withDomain(
                vmId, "The guest's memory could not be read", deadline, domain -> domain.getInfo().memory);
    }

    private interface Attempt {
        void on(Domain domain) throws LibvirtException;
    }

    /** False when libvirt or QEMU refuses, which leaves the change to the next start. */
    private boolean attempt(UUID vmId, String what, Instant deadline, Attempt attempt) {
        return connection.withDomain(vmId, what, deadline, domain -> {
            try {
                attempt.on(domain);
                return true;
            } catch (LibvirtException e) {
                // A guest that does not let go of a processor in time is no broken connection.
                boolean guestTooSlow =
                        e.getError() != null && e.getError().getCode() == ErrorNumber.VIR_ERR_OPERATION_TIMEOUT;
                if (LibvirtFailures.isCutOff(e) && !guestTooSlow) {
                    throw e;
                }
                LOG.info("{} of {} while it runs: {}", what, vmId, e.getMessage());
                return false;
            }
        });
    }
}
