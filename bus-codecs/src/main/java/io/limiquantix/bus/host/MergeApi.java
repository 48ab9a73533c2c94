package io.limiquantix.bus.host;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import java.util.UUID;

/** Files of a running guest's disk that are being merged, as when a snapshot of it is deleted. */
public final class MergeApi {
    /** How far that is; {@code NOT_HERE} where nothing is being merged. */
    public static final HostAddress<DiskOfVm, CopyProgress> LOOK =
            HostAddress.reading("host.merge.look", DiskOfVm.class, CopyProgress.class);

    /**
     * Breaks it off; success when nothing is being merged. The guest goes on with what it wrote; the snapshot is of no use any more but
     * to be deleted.
     */
    public static final HostAddress<DiskOfVm, Nothing> END =
            new HostAddress<>("host.merge.end", DiskOfVm.class, Nothing.class, Effect.CHANGE);

    private MergeApi() {}

    public record DiskOfVm(UUID vmId, UUID volumeId) {}
}
