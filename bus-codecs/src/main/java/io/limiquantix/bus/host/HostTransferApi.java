package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.ImageName;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that a host makes of volumes for people and other hosts to fetch, and files that it fetches from other hosts and from
 * the web. All changes are idempotent by the ids they name.
 */
public final class HostTransferApi {
    /**
     * Writes what a volume holds into a file of the host. It may take hours: whoever waits asks again with the same operation,
     * and looks meanwhile how far it is. Refused while a domain uses the volume, unless a snapshot is named.
     */
    public static final HostAddress<ExportVolume, ExportReport> EXPORT_VOLUME =
            HostAddress.changing("host.transfer.export-volume", ExportVolume.class, ExportReport.class);

    /**
     * As {@link #EXPORT_VOLUME}, of an image. Where the pool keeps the image's file on a disk of this host, nothing is written and
     * that file is given. A pool of block devices keeps no file: of a qcow2 image another qcow2 file is made then, of others the same.
     * Where another format is wanted, it is converted.
     */
    public static final HostAddress<ExportImage, ImageFile> EXPORT_IMAGE =
            HostAddress.changing("host.transfer.export-image", ExportImage.class, ImageFile.class);

    /**
     * As {@link #EXPORT_VOLUME}, of a whole virtual machine: one archive with its description, their checksums, and its disks (DMTF
     * DSP0243).
     */
    public static final HostAddress<ExportAppliance, ExportReport> EXPORT_APPLIANCE =
            HostAddress.changing("host.transfer.export-appliance", ExportAppliance.class, ExportReport.class);

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

    /**
     * Takes a file that another host gives by {@link #OPEN_DOWNLOAD} as an image's bytes, which then wait to be admitted. The host
     * asks the other one for a ticket when it is this file's turn, and for another each time the connection was cut, and goes on
     * where it was. Refused as damaged, with nothing left, where length or checksum are others. It may take hours: whoever waits
     * asks again with the same operation, and looks meanwhile how far it is.
     */
    public static final HostAddress<FetchFile, FetchReport> FETCH_FILE =
            HostAddress.changing("host.transfer.fetch-file", FetchFile.class, FetchReport.class);

    /**
     * Takes a file from a web server as an image's bytes, which then wait to be admitted. A connection that is cut is followed by
     * another, which goes on where that was if the server says that the file is still the same. Refused with nothing left where
     * the server may not be asked, has no such file, or gives it too slowly. It may take hours, as {@link #FETCH_FILE}.
     */
    public static final HostAddress<DownloadFile, FetchReport> DOWNLOAD_FILE =
            HostAddress.changing("host.transfer.download-file", DownloadFile.class, FetchReport.class);

    /**
     * Puts in place of an image's bytes that have arrived what they unpack or convert to, once their checksums are those that are
     * expected; plain ones are left as they are, and nothing is compared. Refused with nothing left where the file is not what it
     * is said to be, or too much comes out of it. It may take hours, as {@link #FETCH_FILE}, with the same look and end.
     */
    public static final HostAddress<UnpackFile, UnpackReport> UNPACK_FILE =
            HostAddress.changing("host.transfer.unpack-file", UnpackFile.class, UnpackReport.class);

    /**
     * Reads what an appliance consists of whose archive has arrived, once its checksums are those that are expected, and compares those
     * in it. The archive stays until it is deleted as an image is. Refused with nothing left where it is none that is admitted, and as
     * {@code NO_CAPACITY} where its disks cannot fit beside it. It may take long, as {@link #FETCH_FILE}, with the same look and end.
     */
    public static final HostAddress<ReadAppliance, ApplianceReport> READ_APPLIANCE =
            HostAddress.changing("host.transfer.read-appliance", ReadAppliance.class, ApplianceReport.class);

    /**
     * Makes an image's bytes of a disk of an appliance that was read, which then wait to be admitted. It may take hours, as
     * {@link #FETCH_FILE}, with the same look and end, by the id of the disk's image.
     */
    public static final HostAddress<TakeDisk, UnpackReport> TAKE_DISK =
            HostAddress.changing("host.transfer.take-disk", TakeDisk.class, UnpackReport.class);

    /** How far the file is that becomes this image. */
    public static final HostAddress<ImageName, CopyProgress> LOOK_AT_FETCH =
            HostAddress.reading("host.transfer.look-at-fetch", ImageName.class, CopyProgress.class);

    /** Stops fetching, unless a newer run of the task fetches it; what arrived goes. Does not wait for its end. */
    public static final HostAddress<ImageName, Nothing> END_FETCH =
            HostAddress.changing("host.transfer.end-fetch", ImageName.class, Nothing.class);

    /**
     * What a small text of the web says, as a list of checksums does. At most 1,000,000 bytes of UTF-8, within half a minute. Refused as
     * {@code INVALID} with the field {@code url} where the server may not be asked, cannot be reached, or has no such text.
     */
    public static final HostAddress<ReadText, WebText> READ_TEXT =
            HostAddress.reading("host.transfer.read-text", ReadText.class, WebText.class);

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

    /**
     * @param bytes of the file
     * @param sha256 of those, hexadecimal
     */
    public record ExportReport(UUID exportId, long bytes, String sha256) {}

    public record Export(UUID exportId) {}

    /** @param format {@code qcow2} or {@code raw}; absent: as it is */
    public record ExportImage(
            UUID exportId,
            UUID poolId,
            UUID imageId,
            @Nullable String format) {}

    /**
     * @param hardware of the machine
     * @param description what its owner says of it, empty for nothing
     * @param disks what each of the hardware's disks holds
     */
    public record ExportAppliance(
            UUID exportId, ApplianceHardware hardware, String description, List<DiskBytes> disks) {
        public ExportAppliance {
            disks = List.copyOf(disks);
        }
    }

    /**
     * What a disk holds: a volume, its snapshot, an image, or nothing.
     *
     * @param poolId absent for a disk that begins empty
     * @param snapshotId of the volume, absent for what it holds now
     */
    public record DiskBytes(
            @Nullable UUID poolId,
            @Nullable UUID volumeId,
            @Nullable UUID snapshotId,
            @Nullable UUID imageId) {
        public static final DiskBytes NOTHING = new DiskBytes(null, null, null, null);

        public static DiskBytes ofImage(UUID poolId, UUID imageId) {
            return new DiskBytes(poolId, null, null, imageId);
        }
    }

    /**
     * @param format of the file
     * @param bytes of the file
     * @param sha256 of those, hexadecimal
     * @param original whether these are the bytes that were once admitted
     */
    public record ImageFile(UUID exportId, String format, long bytes, String sha256, boolean original) {}

    /**
     * @param poolId where the image is to be
     * @param hostId who has the file
     * @param exportId its name there
     * @param bytes how many it has
     * @param sha256 their checksum, hexadecimal
     */
    public record FetchFile(UUID poolId, UUID imageId, UUID hostId, UUID exportId, long bytes, String sha256) {}

    /**
     * @param poolId where the image is to be
     * @param url an address of the web
     * @param maxBytes a larger file is refused
     */
    public record DownloadFile(UUID poolId, UUID imageId, String url, long maxBytes) {}

    /**
     * @param format what the user says it is: {@code qcow2}, {@code raw}, {@code iso}, {@code vmdk}, {@code vhd}, {@code vhdx},
     *     {@code vdi} or {@code qed}
     * @param sha256 what the checksum of the file as it came must be, hexadecimal; those after it the same
     */
    public record UnpackFile(
            UUID poolId,
            UUID imageId,
            String format,
            @Nullable String sha256,
            @Nullable String sha512,
            @Nullable String md5) {}

    /**
     * @param format as which the bytes are to be admitted
     * @param came what they were, absent for those that were left as they are
     */
    public record UnpackReport(
            UUID imageId, String format, @Nullable CameAs came) {}

    /** @param sha256 what the checksum of the file as it came must be, hexadecimal; those after it the same */
    public record ReadAppliance(
            UUID poolId,
            UUID imageId,
            @Nullable String sha256,
            @Nullable String sha512,
            @Nullable String md5) {}

    /** @param came what the archive was, {@code ova} by its format */
    public record ApplianceReport(UUID imageId, ApplianceHardware hardware, CameAs came) {}

    /**
     * @param applianceId by which the archive arrived, in the same pool
     * @param disk which one of the hardware's disks, from 0
     * @param imageId of the image that becomes of it
     */
    public record TakeDisk(UUID poolId, UUID applianceId, int disk, UUID imageId) {}

    /** @param bytes that arrived */
    public record FetchReport(UUID imageId, long bytes) {}

    /**
     * @param url an address of the web
     * @param etag of the text that is known already, as the server named it; absent: none is
     */
    public record ReadText(String url, @Nullable String etag) {}

    /**
     * @param text absent where it is still the one with the known tag
     * @param etag by which the server tells whether the text is still the same; absent where it has none
     */
    public record WebText(@Nullable String text, @Nullable String etag) {}
}
