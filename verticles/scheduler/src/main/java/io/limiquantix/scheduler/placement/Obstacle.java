package io.limiquantix.scheduler.placement;

/** Why a host cannot take a VM, in the order in which they are looked for, and what would have to change. */
enum Obstacle {
    NOT_REACHING_THE_DISKS(
            "has no copy of the image or does not reach the pool", "bring the image and the pool to another host"),
    NOT_UP("is not up", "bring the host back"),
    HYPERVISOR("has a problem with its hypervisor", "solve the problem that the host shows"),
    NETWORK("lacks an active network that is asked for", "start the network on the host"),
    MEMORY("has too little memory left", "delete or shrink VMs there, ask for less memory, or add a host"),
    VCPUS("has too few vCPUs left", "delete or shrink VMs there, ask for fewer vCPUs, or add a host");

    private final String description;
    private final String remedy;

    Obstacle(String description, String remedy) {
        this.description = description;
        this.remedy = remedy;
    }

    String description() {
        return description;
    }

    String remedy() {
        return remedy;
    }
}
