package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.Domain.MigrateFlags;
import org.libvirt.LibvirtException;
import org.libvirt.TypedParameter;
import org.libvirt.TypedUlongParameter;

/** How fast a domain moves, and for how long its guest stands still at the end. */
final class MoveSpeed {
    /** QEMU's own. */
    private static final long USUAL_DOWNTIME_MILLIS = 300;

    private final MoveLimits limits;

    MoveSpeed(MoveLimits limits) {
        this.limits = limits;
    }

    /**
     * libvirt holds the memory to it, and each disk by itself, all at the same time: so each gets its share.
     *
     * @param disks that are sent
     */
    Optional<TypedParameter> bandwidth(int disks) {
        return Optional.ofNullable(limits.bandwidthMibPerSecond())
                .map(all -> new TypedUlongParameter("bandwidth", Math.max(1, all / Math.max(1, disks))));
    }

    int flags() {
        return limits.autoConverge() ? MigrateFlags.AUTO_CONVERGE : 0;
    }

    /** Moves it. QEMU keeps the longest time to stand still, so where the domain stays it gets its usual one again. */
    <T> T during(Domain domain, LibvirtConnection.DomainUse<T> move) throws LibvirtException {
        Integer downtime = limits.maxDowntimeMillis();
        if (downtime == null) {
            return move.with(domain);
        }
        domain.migrateSetMaxDowntime(downtime);
        try {
            return move.with(domain);
        } catch (LibvirtException e) {
            usualAgain(domain, e);
            throw e;
        }
    }

    private static void usualAgain(Domain domain, LibvirtException failure) {
        try {
            domain.migrateSetMaxDowntime(USUAL_DOWNTIME_MILLIS);
        } catch (LibvirtException e) {
            failure.addSuppressed(e);
        }
    }
}
