package io.limiquantix.host.capability;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the operator wants domains to run with. */
public enum AcceleratorSetting {
    /** What a probe finds. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("kvm")
    KVM,
    @JsonProperty("tcg")
    TCG
}
