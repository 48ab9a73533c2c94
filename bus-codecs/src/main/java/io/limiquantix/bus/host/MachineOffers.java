package io.limiquantix.bus.host;

import java.util.List;

/**
 * What machines a host can make with the accelerator that it uses.
 *
 * @param uefi whether there is a firmware for it (Debian's package ovmf)
 * @param secureBoot whether there is one that checks signatures
 * @param tpm whether it emulates TPMs (Debian's package swtpm)
 * @param cpuModels what {@link MachineSpec#cpuModel} can be, in the order of the alphabet
 * @param watchdogs the models, as the API writes them
 */
public record MachineOffers(
        boolean uefi, boolean secureBoot, boolean tpm, List<String> cpuModels, List<String> watchdogs) {
    public MachineOffers {
        cpuModels = List.copyOf(cpuModels);
        watchdogs = List.copyOf(watchdogs);
    }
}
