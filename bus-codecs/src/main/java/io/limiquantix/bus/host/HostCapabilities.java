package io.limiquantix.bus.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host is able to do.
 *
 * @param accelerator what domains run with
 * @param acceleratorReason how that was found out, in a sentence for an operator
 * @param cpuCores logical processors
 * @param offers what machines it can make; absent while that is not known
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
        String acceleratorReason,
        @Nullable MachineOffers offers) {

    public HostCapabilities {
        numaCells = List.copyOf(numaCells);
    }

    /** Of which nobody knows yet what machines it can make. */
    public HostCapabilities(
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
        this(
                cpuModel,
                architecture,
                cpuCores,
                memoryBytes,
                numaCells,
                libvirtVersion,
                qemuVersion,
                kernelVersion,
                accelerator,
                acceleratorReason,
                null);
    }

    public enum Accelerator {
        KVM,
        TCG
    }

    public record NumaCell(int id, int cpuCores, long memoryBytes) {}
}
