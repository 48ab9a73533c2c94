package io.limiquantix.host.domain;

import io.limiquantix.bus.host.UnmanagedDomain.Disk;
import io.limiquantix.bus.host.UnmanagedDomain.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/** What keeps a domain that somebody else defined from being a VM of ours as it is, in sentences that say what to do. */
public final class Obstacles {
    private static final int MOST = 20;
    private static final Set<String> BUSES = Set.of("virtio", "scsi", "sata");
    private static final Set<String> FORMATS = Set.of("qcow2", "raw");
    private static final long MIB = 1 << 20;
    /** Devices that are part of the machine below, or that are somewhere else than on this host. */
    private static final Set<String> PASSED_THROUGH =
            Set.of("devices/hostdev", "devices/filesystem", "devices/shmem", "devices/redirdev", "devices/nvram");

    private final List<String> reasons = new ArrayList<>();

    private Obstacles() {}

    /** At most 20. */
    public static List<String> of(ForeignDefinition definition, List<Disk> disks, List<Nic> nics, boolean persistent) {
        Obstacles obstacles = new Obstacles();
        if (!persistent) {
            obstacles.reasons.add(
                    "It is transient: libvirt forgets it when it stops. Define it first (virsh dumpxml, virsh define).");
        }
        obstacles.machine(definition);
        obstacles.parts(definition.domain());
        disks.forEach(obstacles::disk);
        nics.forEach(obstacles::nic);
        obstacles.numbers(definition, disks, nics);
        return obstacles.reasons.stream().limit(MOST).toList();
    }

    private void machine(ForeignDefinition definition) {
        Element domain = definition.domain();
        String type = domain.getAttribute("type");
        if (!Set.of("kvm", "qemu").contains(type)) {
            reasons.add("It is a domain of the kind " + type + ", and virtual machines are of kvm or qemu.");
        }
        XmlLookup.children(domain, "os").stream()
                .flatMap(os -> XmlLookup.children(os, "type").stream())
                .findFirst()
                .ifPresent(this::architecture);
    }

    private void architecture(Element type) {
        String architecture = type.getAttribute("arch");
        String machine = type.getAttribute("machine");
        if (!architecture.isEmpty() && !architecture.equals("x86_64")) {
            reasons.add("Its processor is " + architecture + ", and virtual machines are x86_64.");
        }
        if (!machine.isEmpty() && !machine.contains("q35")) {
            reasons.add(
                    "Its machine is " + machine + ", and virtual machines are q35, which is another one to its guest.");
        }
    }

    private void parts(Element domain) {
        for (String part : UnknownElements.in(domain)) {
            if (PASSED_THROUGH.contains(part)) {
                reasons.add("It has a device that LimiQuantix cannot represent: " + part.substring("devices/".length())
                        + ".");
            } else if (part.startsWith("qemu:")) {
                reasons.add(
                        "It is started with own options of QEMU (" + part + "), which LimiQuantix cannot represent.");
            }
        }
    }

    private void disk(Disk disk) {
        String name = "Its " + disk.device() + " " + disk.target();
        switch (disk.device()) {
            case "disk" -> ownDisk(disk, name);
            case "cdrom" -> {
                if (disk.source() != null) {
                    reasons.add(name + " has a medium; take it out first (virsh change-media --eject).");
                }
            }
            default -> reasons.add(name + " is a device that LimiQuantix cannot represent.");
        }
    }

    private void ownDisk(Disk disk, String name) {
        if (!disk.kind().equals("file")) {
            reasons.add(
                    name + " is of the kind " + disk.kind() + "; only disks that are files in a pool can be volumes.");
        } else if (disk.poolId() == null) {
            reasons.add(name + " lies in none of the pools of this host: " + disk.source() + ".");
        }
        if (disk.format() != null && !FORMATS.contains(disk.format())) {
            reasons.add(name + " is a " + disk.format() + " file; volumes are qcow2 or raw.");
        }
        if (!BUSES.contains(disk.bus())) {
            reasons.add(name + " is on the bus " + disk.bus() + "; disks are on virtio, scsi or sata.");
        }
    }

    private void nic(Nic nic) {
        if (!nic.kind().equals("network")) {
            reasons.add("Its network card " + nic.mac() + " is on a " + nic.kind()
                    + (nic.source() == null ? "" : " (" + nic.source() + ")") + " and not on a network of libvirt.");
        }
        if (!Set.of("virtio", "e1000e").contains(nic.model())) {
            reasons.add("Its network card " + nic.mac() + " is a " + nic.model() + "; cards are virtio or e1000e.");
        }
    }

    private void numbers(ForeignDefinition definition, List<Disk> disks, List<Nic> nics) {
        if (disks.stream().noneMatch(disk -> disk.device().equals("disk"))) {
            reasons.add("It has no disk.");
        }
        if (disks.size() == ForeignDefinition.MOST_DEVICES || nics.size() == ForeignDefinition.MOST_DEVICES) {
            reasons.add("It has more devices of a kind than LimiQuantix can represent.");
        }
        if (definition.vcpus() == 0 || definition.memoryBytes() == 0 || definition.memoryBytes() % MIB != 0) {
            reasons.add("Its memory is no whole number of MiB, or its definition does not say how much it has.");
        }
    }
}
