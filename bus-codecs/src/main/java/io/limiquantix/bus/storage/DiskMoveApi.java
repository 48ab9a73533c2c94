package io.limiquantix.bus.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import java.util.UUID;

/** Volumes that go to another pool while virtual machines keep them, for the task that moves them. */
public final class DiskMoveApi {
    /**
     * Makes the volume's place in the other pool, as an empty volume of the same id. {@code CONFLICT} where it cannot go there; asked again
     * it is success.
     */
    public static final ServiceAddress<BeginDiskMove, MovingDisk> BEGIN =
            ServiceAddress.changing("storage.begin-disk-move", BeginDiskMove.class, MovingDisk.class);

    /**
     * Makes the place that its virtual machine has the volume's own. Nothing is deleted. Of a move that is not known, or decided already,
     * it says where the volume is.
     */
    public static final ServiceAddress<DecideDiskMove, DecidedDiskMove> DECIDE =
            ServiceAddress.changing("storage.decide-disk-move", DecideDiskMove.class, DecidedDiskMove.class);

    /**
     * Deletes what is not the volume any more, now or when its host is heard again. {@code CONFLICT} while that is not decided; success when
     * this move is not known.
     */
    public static final ServiceAddress<DiskMove, Nothing> END =
            ServiceAddress.changing("storage.end-disk-move", DiskMove.class, Nothing.class);

    private DiskMoveApi() {}

    /**
     * @param hostId of the virtual machine
     * @param bytes for which there has to be room
     */
    public record BeginDiskMove(UUID moveId, UUID volumeId, UUID poolId, UUID hostId, long bytes) {}

    /**
     * The place that was made.
     *
     * @param path on the host
     */
    public record MovingDisk(String path, String format, long sizeBytes) {}

    /** @param path what the virtual machine's disk is on, as its host says */
    public record DecideDiskMove(UUID moveId, UUID volumeId, String path) {}

    /** @param poolId where the volume is */
    public record DecidedDiskMove(UUID poolId) {}

    public record DiskMove(UUID moveId, UUID volumeId) {}
}
