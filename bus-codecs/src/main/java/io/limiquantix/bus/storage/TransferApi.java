package io.limiquantix.bus.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.StreamTicket;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes on their way in from people, and out to them with images and virtual machines. */
public final class TransferApi {
    /** Makes a file of a volume; the task's target is the export. */
    public static final ServiceAddress<ExportVolume, TaskRef> EXPORT_VOLUME =
            ServiceAddress.changing("storage.export-volume", ExportVolume.class, TaskRef.class);

    /** Makes a file of an image; the task's target is the export. */
    public static final ServiceAddress<ExportImage, TaskRef> EXPORT_IMAGE =
            ServiceAddress.changing("storage.export-image", ExportImage.class, TaskRef.class);

    /**
     * Makes files of a virtual machine that is off: one with all of it, or one of each of its disks. The task's target is the first of
     * them; where one of its disks cannot be kept as it is meanwhile, it is the machine, so that nothing else is done with that.
     */
    public static final ServiceAddress<ExportVm, TaskRef> EXPORT_VM =
            ServiceAddress.changing("storage.export-vm", ExportVm.class, TaskRef.class);

    /** Newest first. */
    public static final ServiceAddress<ExportOrigin, Exports> LIST_EXPORTS =
            ServiceAddress.reading("storage.list-exports", ExportOrigin.class, Exports.class);

    /** Admits one download of the file, or a part of it. */
    public static final ServiceAddress<Export, OpenedExport> OPEN_EXPORT =
            ServiceAddress.changing("storage.open-export", Export.class, OpenedExport.class);

    /** Deletes the file; refused while it is made. */
    public static final ServiceAddress<Export, Nothing> DELETE_EXPORT =
            ServiceAddress.changing("storage.delete-export", Export.class, Nothing.class);

    /** Announces bytes that are to become a volume. */
    public static final ServiceAddress<CreateUpload, UploadView> CREATE_UPLOAD =
            ServiceAddress.changing("storage.create-upload", CreateUpload.class, UploadView.class);

    public static final ServiceAddress<BeginUpload, StreamTicket> BEGIN_UPLOAD =
            ServiceAddress.changing("storage.begin-upload", BeginUpload.class, StreamTicket.class);

    /** Checks what arrived and makes the volume; the task's target is that. */
    public static final ServiceAddress<Upload, TaskRef> FINISH_UPLOAD =
            ServiceAddress.changing("storage.finish-upload", Upload.class, TaskRef.class);

    /** Forgets what arrived; success when there is none, refused while the volume is made of it. */
    public static final ServiceAddress<Upload, Nothing> DELETE_UPLOAD =
            ServiceAddress.changing("storage.delete-upload", Upload.class, Nothing.class);

    private TransferApi() {}

    /**
     * @param snapshotId absent for what the volume holds now
     * @param format {@code qcow2} or {@code raw}
     */
    public record ExportVolume(UUID volumeId, @Nullable UUID snapshotId, String format) {}

    /** @param format {@code qcow2}, {@code raw} or {@code ova}; of an ISO {@code iso} only, of an appliance {@code ova} only */
    public record ExportImage(UUID imageId, String format) {}

    /** @param format {@code qcow2} or {@code raw}, of each disk, or {@code ova} */
    public record ExportVm(UUID vmId, String format) {}

    public record Export(ExportOrigin origin, UUID exportId) {}

    public record Exports(List<ExportView> items) {
        public Exports {
            items = List.copyOf(items);
        }
    }

    public record OpenedExport(StreamTicket ticket, String fileName) {}

    /**
     * @param hostId needed in a pool that is a place of its own on each of several hosts
     * @param format what the bytes are, {@code qcow2} or {@code raw}
     * @param sizeBytes of the volume, absent for what the bytes describe
     * @param sha256 what the checksum of the bytes must be, hexadecimal
     */
    public record CreateUpload(
            String name,
            UUID poolId,
            @Nullable UUID hostId,
            String format,
            @Nullable Long sizeBytes,
            @Nullable String sha256) {}

    /** @param expiresAt when it is forgotten unless its bytes have come */
    public record UploadView(UUID id, String name, UUID poolId, UUID hostId, String format, Instant expiresAt) {}

    /** @param lengthBytes absent when the sender does not know */
    public record BeginUpload(UUID uploadId, @Nullable Long lengthBytes) {}

    public record Upload(UUID uploadId) {}
}
