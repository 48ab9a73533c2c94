package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;

/** What a VM may ask Ignition to do. */
final class IgnitionRules {
    private IgnitionRules() {}

    static void check(VmSpec spec) {
        Ignition wish = spec.ignition();
        if (wish == null) {
            return;
        }
        Check.that(
                spec.cloudInit() == null && spec.cloudbase() == null,
                "ignition",
                "A guest is set up by Ignition, by cloud-init or by Cloudbase-Init. Leave the others out.");
        CloudInitRules.hostName(wish.hostName(), "ignition.hostName");
        CloudInitRules.account(wish.user(), wish.passwordHash(), "ignition");
        CloudInitRules.keys(wish.sshKeys(), "ignition.sshKeys");
    }
}
