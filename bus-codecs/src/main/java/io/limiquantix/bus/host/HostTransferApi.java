package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files that a host makes of volumes for people to fetch. All changes are idempotent by the ids they name. */
public final class HostTransferApi {
    /**
     * Writes what a volume holds into a file of the host. It may take hours: whoever waits asks again with the same operation,
     * and looks meanwhile how far it is. Refused while a domain uses the volume, unless a snapshot is named.
     */
    public static final HostAddress<ExportVolume, ExportReport> EXPORT_VOLUME =
            HostAddress.changing("host.transfer.export-volume", ExportVolume.class, ExportReport.class);

    /** How far the export is. */
    public static final HostAddress<Export, CopyProgress> LOOK_AT_EXPORT =
            HostAddress.reading("host.transfer.look-at-export", Export.class, CopyProgress.class);

    /** Ends the export, unless a newer run of its task makes it. Does not wait for its end. */
    public static final HostAddress<Export, Nothing> END_EXPORT =
            HostAddress.changing("host.transfer.end-export", Export.class, Nothing.class);

    /** Deletes the file; success when there is none. */
    public static final HostAddress<Export, Nothing> DELETE_EXPORT =
            HostAddress.changing("host.transfer.delete-export", Export.class, Nothing.class);

    /** Opens the stream endpoint for one download of the file, or a part of it. */
    public static final HostAddress<Export, StreamTicket> OPEN_DOWNLOAD =
            HostAddress.changing("host.transfer.open-download", Export.class, StreamTicket.class);

    private HostTransferApi() {}

    /**
     * @param snapshotId absent for what the volume holds now
     * @param format {@code qcow2} or {@code raw}
     */
    public record ExportVolume(
            UUID exportId,
            UUID poolId,
            UUID volumeId,
            @Nullable UUID snapshotId,
            String format) {}

    /** @param bytes of the file */
    public record ExportReport(UUID exportId, long bytes) {}

    public record Export(UUID exportId) {}
}
