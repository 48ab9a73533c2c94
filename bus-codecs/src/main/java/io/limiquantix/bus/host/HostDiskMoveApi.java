package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a disk of a domain goes from one place of its host to another while its guest works on. Where it is in the end is what libvirt says in
 * answer to {@link #SETTLE}, whatever came of the rest. All changes are idempotent.
 */
public final class HostDiskMoveApi {
    /**
     * Has QEMU copy all that the disk of a running domain holds to its new place, and go on there once it is the same. It may take hours:
     * whoever waits asks again with the same operation, and looks meanwhile how far it is. Refused or cut off, the guest goes on at the old
     * place.
     */
    public static final HostAddress<MoveDisk, DiskPlace> MOVE =
            HostAddress.changing("host.disk-move.move", MoveDisk.class, DiskPlace.class);

    /** How far that is; {@code NOT_HERE} where nothing is copied. */
    public static final HostAddress<DiskOfDomain, CopyProgress> LOOK =
            HostAddress.reading("host.disk-move.look", DiskOfDomain.class, CopyProgress.class);

    /** Lets a domain that is off start from the new place, which holds the same already. {@code CONFLICT} while it runs. */
    public static final HostAddress<MoveDisk, DiskPlace> SWITCH =
            HostAddress.changing("host.disk-move.switch", MoveDisk.class, DiskPlace.class);

    /**
     * Ends the move, which cannot be begun any more, and says on which of the two places the disk is: how the domain runs decides, and how
     * it is defined follows that. {@code UNAVAILABLE} as long as nobody can say.
     */
    public static final HostAddress<DiskOfDomain, DiskPlace> SETTLE =
            HostAddress.changing("host.disk-move.settle", DiskOfDomain.class, DiskPlace.class);

    private HostDiskMoveApi() {}

    /**
     * @param to the new place, where there is a volume of the same id that is at least as large
     * @param bandwidthMibPerSecond from 1 to 100000; absent: as fast as it goes
     */
    public record MoveDisk(
            UUID moveId,
            UUID vmId,
            DomainSpec.Disk to,
            @Nullable Integer bandwidthMibPerSecond) {}

    /** @param moveId of the move that is meant; others of the disk are not known */
    public record DiskOfDomain(UUID moveId, UUID vmId, UUID volumeId) {}

    /** @param path as the pool's report of the volume has it */
    public record DiskPlace(String path) {}
}
