package io.limiquantix.bus.images;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImageView.Visibility;
import io.limiquantix.bus.images.OperatingSystem.Family;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image library. */
public final class ImagesApi {
    /** Stores a draft; its bytes come by upload or from a file of a host. */
    public static final ServiceAddress<CreateImage, ImageView> CREATE =
            ServiceAddress.changing("images.create", CreateImage.class, ImageView.class);

    public static final ServiceAddress<Image, ImageView> GET =
            ServiceAddress.reading("images.get", Image.class, ImageView.class);
    public static final ServiceAddress<ListImages, Images> LIST =
            ServiceAddress.reading("images.list", ListImages.class, Images.class);

    /** Says otherwise what the image is; its bytes stay as they are. */
    public static final ServiceAddress<DescribeImage, ImageView> DESCRIBE =
            ServiceAddress.changing("images.describe", DescribeImage.class, ImageView.class);

    /** Chooses a host and opens its stream endpoint; an upload that was cut off begins again from the start. */
    public static final ServiceAddress<BeginUpload, StreamTicket> BEGIN_UPLOAD =
            ServiceAddress.changing("images.begin-upload", BeginUpload.class, StreamTicket.class);

    /** The bytes will come in parts, and whatever came before is forgotten. */
    public static final ServiceAddress<BeginParts, Parts> BEGIN_PARTS =
            ServiceAddress.changing("images.begin-parts", BeginParts.class, Parts.class);

    /** How much has come; {@code NOT_FOUND} when none is expected in parts. */
    public static final ServiceAddress<Image, Parts> LOOK_AT_PARTS =
            ServiceAddress.reading("images.look-at-parts", Image.class, Parts.class);

    /** Opens the stream endpoint of the host where they come for the next part. */
    public static final ServiceAddress<OpenPart, StreamTicket> OPEN_PART =
            ServiceAddress.changing("images.open-part", OpenPart.class, StreamTicket.class);

    /** Forgets what has come; the image is a draft as before. */
    public static final ServiceAddress<Image, Nothing> FORGET_PARTS =
            ServiceAddress.changing("images.forget-parts", Image.class, Nothing.class);

    /** The bytes are all there: check them. */
    public static final ServiceAddress<Image, TaskRef> FINISH_UPLOAD =
            ServiceAddress.changing("images.finish-upload", Image.class, TaskRef.class);

    public static final ServiceAddress<ImportFile, TaskRef> IMPORT_FILE =
            ServiceAddress.changing("images.import-file", ImportFile.class, TaskRef.class);

    /** Has a host fetch the bytes from the web. */
    public static final ServiceAddress<DownloadFile, TaskRef> DOWNLOAD_FILE =
            ServiceAddress.changing("images.download-file", DownloadFile.class, TaskRef.class);

    /** The checksums of one file as a list on the web has them. Keeps nothing. */
    public static final ServiceAddress<LookUpSums, Sums> LOOK_UP_SUMS =
            ServiceAddress.reading("images.look-up-sums", LookUpSums.class, Sums.class);

    /**
     * Refused while volumes depend on it, unless they are to be made independent first. An appliance takes the images of its disks
     * along, which do not go without it.
     */
    public static final ServiceAddress<DeleteImage, TaskRef> DELETE =
            ServiceAddress.changing("images.delete", DeleteImage.class, TaskRef.class);

    /**
     * Has the image where a volume is to begin as it. Answers at once: either it is there, and this counts as a use of it, or a task
     * makes the one copy for everybody who asks. {@code UNAVAILABLE} while a copy is being deleted there.
     */
    public static final ServiceAddress<ImageAt, Brought> BRING =
            ServiceAddress.changing("images.bring", ImageAt.class, Brought.class);

    /** As {@link #BRING}, for a person: the copy stays until they remove it. */
    public static final ServiceAddress<Seed, TaskRef> SEED =
            ServiceAddress.changing("images.seed", Seed.class, TaskRef.class);

    /** Deletes one copy; refused for the last one and while volumes are based on it. */
    public static final ServiceAddress<ImageAt, TaskRef> REMOVE_COPY =
            ServiceAddress.changing("images.remove-copy", ImageAt.class, TaskRef.class);

    private ImagesApi() {}

    /** An image at a place. */
    public record ImageAt(UUID imageId, UUID poolId, UUID hostId) {}

    /** @param task that makes the copy, which whoever needs it asks for once more when it has ended; absent: the copy is there */
    public record Brought(@Nullable TaskRef task) {}

    /** @param hostId absent: any where the pool's hosts share it, else the only one that can use it */
    public record Seed(UUID imageId, UUID poolId, @Nullable UUID hostId) {}

    /**
     * @param format what its file is, compressed or not: {@code qcow2}, {@code raw}, {@code iso}, or of another program,
     *     {@code vmdk}, {@code vhd}, {@code vhdx}, {@code vdi} or {@code qed}, which becomes qcow2; {@code ova} is a whole machine,
     *     each of whose disks becomes an image of its own
     * @param operatingSystem what the user knows of it; nothing that is found out contradicts that
     * @param sums what those of the file as it comes must be
     * @param poolId where it goes; absent: the platform chooses
     * @param visibility absent: shared
     */
    public record CreateImage(
            String name,
            String description,
            @Nullable SystemFacts operatingSystem,
            @Nullable String defaultUser,
            String format,
            Sums sums,
            @Nullable UUID poolId,
            @Nullable Visibility visibility,
            List<String> tags) {
        public CreateImage {
            tags = List.copyOf(tags);
        }

        /** A shared one without tags. */
        public CreateImage(
                String name,
                String description,
                @Nullable SystemFacts operatingSystem,
                @Nullable String defaultUser,
                String format,
                Sums sums,
                @Nullable UUID poolId) {
            this(name, description, operatingSystem, defaultUser, format, sums, poolId, null, List.of());
        }
    }

    /** The checksums that an image was published with, hexadecimal, as far as the user knows them. */
    public record Sums(
            @Nullable String sha256,
            @Nullable String sha512,
            @Nullable String md5) {}

    public record Image(UUID imageId) {}

    /** @param independent whether volumes that depend on it are made independent first */
    public record DeleteImage(UUID imageId, boolean independent) {}

    /**
     * What is absent stays as it is.
     *
     * @param expectedVersion that the image has where nobody changed it since; absent: any
     * @param operatingSystem all that the user says of it, in place of what users said before; one that says nothing leaves it
     *     to what was found out
     * @param defaultUser empty: nobody knows
     * @param visibility which its owner and administrators may change
     * @param tags all of them
     * @param deprecated of an image that is ready
     */
    public record DescribeImage(
            UUID imageId,
            @Nullable Long expectedVersion,
            @Nullable String name,
            @Nullable String description,
            @Nullable SystemFacts operatingSystem,
            @Nullable String defaultUser,
            @Nullable Visibility visibility,
            @Nullable Tags tags,
            @Nullable Boolean deprecated) {}

    /** Words by which an image is found again. A list of its own would be empty when it is absent. */
    public record Tags(List<String> words) {
        public Tags {
            words = List.copyOf(words);
        }
    }

    /**
     * @param lengthBytes what the client announces, absent when it does not know
     */
    public record BeginUpload(UUID imageId, @Nullable Long lengthBytes) {}

    /** @param lengthBytes how many there are altogether */
    public record BeginParts(UUID imageId, long lengthBytes) {}

    /** @param offset how many bytes came before */
    public record OpenPart(UUID imageId, long offset) {}

    /**
     * @param offset how many bytes came and are on the host's disk
     * @param lengthBytes how many there are altogether
     * @param unchecked whether nobody has begun to check them
     */
    public record Parts(UUID imageId, long offset, long lengthBytes, boolean unchecked) {
        public boolean allHaveCome() {
            return offset == lengthBytes;
        }
    }

    /**
     * @param hostId absent: the one host, refused when there are several
     * @param path absolute, below one of the host's import folders
     */
    public record ImportFile(UUID imageId, @Nullable UUID hostId, String path) {}

    /**
     * @param url an address of the web
     * @param checksumsUrl of a list that has the file's checksum, by the last part of its address; absent: only what the image was
     *     announced with is compared
     */
    public record DownloadFile(
            UUID imageId, String url, @Nullable String checksumsUrl) {}

    /**
     * @param url of the list, as {@code sha256sum} or its likes write it
     * @param fileName that the list has a line for
     */
    public record LookUpSums(String url, String fileName) {}

    /**
     * What is absent leaves none out.
     *
     * @param search part of a name
     * @param kind {@code disk}, {@code iso} or {@code appliance}
     * @param tag one that it has, in any case of letters
     */
    public record ListImages(
            Page page,
            @Nullable String search,
            @Nullable String sha256,
            @Nullable String kind,
            @Nullable State state,
            @Nullable String tag,
            @Nullable Family family) {
        public static ListImages all(Page page) {
            return new ListImages(page, null, null, null, null, null, null);
        }
    }

    public record Images(List<ImageView> items, @Nullable String nextCursor) {
        public Images {
            items = List.copyOf(items);
        }
    }
}
