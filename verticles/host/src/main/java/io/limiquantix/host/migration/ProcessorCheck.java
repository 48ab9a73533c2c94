package io.limiquantix.host.migration;

import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.host.domain.RunningCpu;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a guest finds its processor again on a host. What it has seen of it at its start does not travel along: a host that lacks
 * something, or shows it another processor, breaks the guest at some later moment.
 */
final class ProcessorCheck {
    private static final String CHOOSE =
            " Choose another host, or give the virtual machine a processor model that both hosts"
                    + " have, and restart it.";

    private final DomainCpu domain;
    private final RunningCpu cpu;
    private final QemuVersion here;

    /** @param qemu the version on the host, which has the domain's machine type and runs domains of its type */
    ProcessorCheck(DomainCpu domain, long qemu) {
        this.domain = domain;
        this.cpu = RunningCpu.parse(domain.cpuXml());
        this.here = QemuVersion.of(qemu);
    }

    /**
     * @param host what the host offers at most
     * @param lacking what libvirt says when it compares them
     */
    Optional<String> obstacle(Supplier<Optional<RunningCpu>> host, Supplier<Optional<String>> lacking) {
        if (domain.domainType().equals("qemu")) {
            return emulated(lacking);
        }
        return cpu.isOfItsHost()
                ? host.get().map(this::sameAs).orElseGet(this::unknown)
                : lacking.get().map(this::lacks);
    }

    /** Of what QEMU does not emulate it takes nothing from a guest that asks for it, so one version is like the other of its kind. */
    private Optional<String> emulated(Supplier<Optional<String>> lacking) {
        QemuVersion there = QemuVersion.of(domain.qemuVersion());
        if (here.equals(there)) {
            return Optional.empty();
        }
        if (cpu.isOfItsHost()) {
            return Optional.of("The virtual machine has all of a processor that QEMU " + there
                    + " emulates (\"maximum\"), and QEMU " + here + " on the host emulates another one." + CHOOSE);
        }
        return lacking.get().map(this::lacks);
    }

    private String lacks(String why) {
        return "The host does not have the virtual machine's processor (" + name() + "): " + why + "." + CHOOSE;
    }

    private String name() {
        return cpu.model().isEmpty() ? "without a name" : cpu.model();
    }

    private Optional<String> sameAs(RunningCpu host) {
        if (cpu.model().isEmpty()) {
            return unknown();
        }
        Set<String> lacking = cpu.lackingIn(host);
        if (cpu.isOfTheModelOf(host) && lacking.isEmpty()) {
            return Optional.empty();
        }
        String why = cpu.isOfTheModelOf(host) ? "lacks " + String.join(", ", lacking) : "is " + host.model();
        return Optional.of("The virtual machine has the processor of its host as it is (" + cpu.model()
                + "), and that of this host " + why + "." + CHOOSE);
    }

    private Optional<String> unknown() {
        return Optional.of(
                "The virtual machine has the processor of its host as it is, and libvirt does not say whether this"
                        + " host's is the same." + CHOOSE);
    }
}
