package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance.Nic;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The virtual hardware of an appliance, see DSP0243, "VirtualHardwareSection", and for the numbers of its kinds DMTF's
 * {@code CIM_ResourceAllocationSettingData.ResourceType}.
 */
record Hardware(XmlElement section, String configuration) {
    private static final String CPU = "3";
    private static final String MEMORY = "4";
    private static final String NIC = "10";
    private static final String DISK = "17";

    private static final int MOST_CPUS = 4096;
    private static final long LEAST_MEMORY = 1L << 20;
    private static final long MOST_MEMORY = 1L << 46;
    private static final int MOST_DEVICES = 64;
    private static final int NOT_SAID = Integer.MAX_VALUE;

    int vcpus() {
        String said =
                items(CPU).findFirst().map(cpu -> cpu.textOf("VirtualQuantity")).orElse("1");
        int count = number(said);
        if (count < 1 || count > MOST_CPUS) {
            throw Refusal.of(
                    "says that it has " + Refusal.shown(said) + " processors; 1 to " + MOST_CPUS + " are admitted.");
        }
        return count;
    }

    long memoryBytes() {
        XmlElement memory =
                items(MEMORY).findFirst().orElseThrow(() -> Refusal.of("does not say how much memory it needs."));
        long bytes = Units.bytes(memory.textOf("VirtualQuantity"), memory.textOf("AllocationUnits"), "its memory");
        if (bytes < LEAST_MEMORY || bytes > MOST_MEMORY) {
            throw Refusal.of("says that it has " + bytes + " bytes of memory; " + LEAST_MEMORY + " to " + MOST_MEMORY
                    + " are admitted.");
        }
        return bytes;
    }

    List<Nic> nics() {
        return few(items(NIC)).stream()
                .map(nic -> new Nic(Description.absent(Description.plain(nic.textOf("Connection")))))
                .toList();
    }

    /** In the order of their controllers, and of their addresses there. */
    List<DescribedDisk> disks(DescribedDisks described) {
        List<DescribedDisk> disks = few(items(DISK)).stream()
                .sorted(Comparator.comparingInt(this::controller)
                        .thenComparingInt(disk -> number(disk.textOf("AddressOnParent"))))
                .map(disk -> described.find(disk.textOf("HostResource")))
                .toList();
        if (disks.isEmpty()) {
            throw Refusal.of("has no disk.");
        }
        return disks;
    }

    /** Where among the items the one is that the disk hangs on. */
    private int controller(XmlElement disk) {
        String parent = disk.textOf("Parent");
        List<String> ids = items().map(item -> item.textOf("InstanceID")).toList();
        int at = ids.indexOf(parent);
        return at < 0 ? NOT_SAID : at;
    }

    private static List<XmlElement> few(Stream<XmlElement> items) {
        List<XmlElement> all = items.toList();
        if (all.size() > MOST_DEVICES) {
            throw Refusal.of("has " + all.size() + " devices of one kind; at most " + MOST_DEVICES + " are admitted.");
        }
        return all;
    }

    private Stream<XmlElement> items(String kind) {
        return items().filter(item -> item.textOf("ResourceType").equals(kind));
    }

    private Stream<XmlElement> items() {
        return section.children("Item", "StorageItem", "EthernetPortItem").filter(this::isMeant);
    }

    private boolean isMeant(XmlElement item) {
        String only = item.attribute("configuration");
        return only.isEmpty() || List.of(only.split("\\s+")).contains(configuration);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : NOT_SAID;
    }
}
