package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.compute.cloudinit.ConfigDrive;
import io.limiquantix.compute.cloudinit.NoCloud;
import io.limiquantix.compute.spec.SetupRules;
import io.limiquantix.compute.spec.VmSpecRules;
import io.limiquantix.runtime.names.ThingName;
import java.util.List;

/** What a customization spec may be: what the creation of a VM would take, and nothing that only one machine can have. */
final class CustomizationRules {
    private CustomizationRules() {}

    /**
     * The set-up of the wish.
     *
     * @throws FailureException {@code INVALID} with the field
     */
    static GuestSetup accept(SpecWish wish) {
        ThingName.require(wish.name());
        VmSpecRules.description(wish.description());
        HostNamePattern.accept(wish.hostNamePattern());
        GuestSetup setup = setup(wish);
        if (setup.hostName() != null) {
            throw FailureException.invalid(
                    setup instanceof CloudInit ? "cloudInit.hostName" : "cloudbase.hostName",
                    "A customization spec is for many guests: say what they are called by hostNamePattern.");
        }
        // Making the documents is what reads the user-data.
        switch (setup) {
            case CloudInit linux -> {
                SetupRules.check(linux);
                NoCloud.masked("", wish.name(), linux, List.of());
            }
            case Cloudbase windows -> {
                SetupRules.check(windows);
                ConfigDrive.masked("", wish.name(), windows);
            }
            default -> throw new IllegalStateException("a customization spec is of one of two kinds");
        }
        return setup;
    }

    private static GuestSetup setup(SpecWish wish) {
        CloudInit linux = wish.cloudInit();
        Cloudbase windows = wish.cloudbase();
        if (linux != null && windows == null) {
            return linux;
        }
        if (windows != null && linux == null) {
            return windows;
        }
        throw FailureException.invalid(
                "cloudInit",
                "A customization spec sets guests up by cloud-init (cloudInit) or by Cloudbase-Init (cloudbase). Give one of"
                        + " the two.");
    }

    static String program(GuestSetup setup) {
        return setup instanceof CloudInit ? "cloud-init" : "Cloudbase-Init";
    }

    /** Why a spec cannot be used for what is asked. */
    static FailureException unusable(String message) {
        return FailureException.invalid("customizationSpecId", message);
    }
}
