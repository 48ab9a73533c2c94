package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmSpec;

/** What a host keeps for a VM. */
record Room(int vcpus, long memoryBytes) {
    static Room of(VmSpec spec) {
        return new Room(spec.vcpus(), spec.memoryBytes());
    }

    /** Enough for either. */
    Room with(Room other) {
        return new Room(Math.max(vcpus, other.vcpus), Math.max(memoryBytes, other.memoryBytes));
    }
}
