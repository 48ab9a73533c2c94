package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.VmSpec;

/** What a VM may ask Cloudbase-Init to do. */
final class CloudbaseRules {
    private CloudbaseRules() {}

    static void check(VmSpec spec) {
        Cloudbase wish = spec.cloudbase();
        if (wish == null) {
            return;
        }
        Check.that(
                spec.cloudInit() == null,
                "cloudbase",
                "A guest is set up by cloud-init or by Cloudbase-Init. Leave one of the two out.");
        check(wish);
    }

    static void check(Cloudbase wish) {
        CloudInitRules.hostName(wish.hostName(), "cloudbase.hostName");
        CloudInitRules.keys(wish.sshKeys(), "cloudbase.sshKeys");
    }
}
