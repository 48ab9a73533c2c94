package io.limiquantix.host.capability;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;

/** @param reason in a sentence for an operator */
public record AcceleratorChoice(Accelerator accelerator, String reason) {}
