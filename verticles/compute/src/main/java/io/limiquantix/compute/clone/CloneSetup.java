package io.limiquantix.compute.clone;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.Ignition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the guest of a clone is set up, and what its owner has to know of its inside. */
public final class CloneSetup {
    private CloneSetup() {}

    /**
     * What its owner said, or what the source has with the clone's name as its host name.
     *
     * @param many whether several clones get it
     * @throws FailureException {@code INVALID} for fixed addresses that several would have
     */
    public static Optional<GuestSetup> of(Optional<GuestSetup> wish, Optional<GuestSetup> source, boolean many) {
        wish.ifPresent(given -> refuseShared(given, many));
        return wish.map(given -> given instanceof CloudInit usual ? usual.ofClone(usual.hostName(), true) : given)
                .or(() -> source.map(CloneSetup::ofSource));
    }

    private static void refuseShared(GuestSetup given, boolean many) {
        if (!many) {
            return;
        }
        if (given instanceof CloudInit usual && usual.hasFixedAddresses()) {
            throw FailureException.invalid(
                    "cloudInit.network",
                    "Several machines cannot have the same fixed address; let them ask DHCP, or make them one by one.");
        }
        if (given.hostName() != null) {
            throw FailureException.invalid(
                    "cloudInit.hostName", "Several machines cannot have the same host name; each has its own name.");
        }
    }

    private static GuestSetup ofSource(GuestSetup setup) {
        return switch (setup) {
            case CloudInit usual -> usual.ofClone(null, !usual.hasFixedAddresses());
            case Cloudbase windows -> new Cloudbase(null, windows.sshKeys(), windows.userData());
            case Ignition coreOs ->
                new Ignition(
                        null,
                        coreOs.user(),
                        coreOs.passwordHash(),
                        coreOs.sshKeys(),
                        coreOs.config(),
                        coreOs.nobodyLogsIn());
        };
    }

    /** Sentences for the task's log. */
    public static List<String> remarks(@Nullable GuestSetup setup, Optional<GuestSetup> source, boolean asSource) {
        List<String> remarks = new ArrayList<>();
        switch (setup) {
            case null ->
                remarks.add(
                        "The source is not set up by cloud-init, so the clone is the same inside: host name,"
                                + " machine-id, SSH host keys and fixed addresses are the source's until somebody changes them.");
            case CloudInit _ -> {
                if (asSource && source.orElse(null) instanceof CloudInit usual && usual.hasFixedAddresses()) {
                    remarks.add(
                            "The source has fixed addresses, which no other machine can have: the clone asks DHCP.");
                }
            }
            case Ignition _ ->
                remarks.add("Ignition runs once in the life of a disk, so the clone is the same inside as its source:"
                        + " host name, machine-id, SSH host keys and accounts.");
            case Cloudbase _ ->
                remarks.add("Windows keeps the source's security identifier (SID); generalize the source with sysprep"
                        + " first where that matters.");
        }
        return remarks;
    }
}
