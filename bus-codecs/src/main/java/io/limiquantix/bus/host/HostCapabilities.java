package io.limiquantix.bus.host;

import java.util.List;

/**
 * What a host is able to do.
 *
 * @param accelerator what domains run with
 * @param acceleratorReason how that was found out, in a sentence for an operator
 * @param cpuCores logical processors
 */
public record HostCapabilities(
        String cpuModel,
        String architecture,
        int cpuCores,
        long memoryBytes,
        List<NumaCell> numaCells,
        String libvirtVersion,
        String qemuVersion,
        String kernelVersion,
        Accelerator accelerator,
        String acceleratorReason) {

    public HostCapabilities {
        numaCells = List.copyOf(numaCells);
    }

    public enum Accelerator {
        KVM,
        TCG
    }

    public record NumaCell(int id, int cpuCores, long memoryBytes) {}
}
