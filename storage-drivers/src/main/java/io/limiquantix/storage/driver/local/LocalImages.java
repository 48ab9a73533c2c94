package io.limiquantix.storage.driver.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageInspection;
import io.limiquantix.storage.driver.image.Qcow2Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Images as read-only files, each with its facts beside it. */
final class LocalImages implements Images {
    private static final String MODE = "r--r--r--";
    private static final Duration MAY_BE_ADMITTED = Duration.ofHours(1);

    private final PoolFolder folder;
    private final ImageInspection inspection;
    private final Lock noVolumeIsMade;
    private final IdLocks locks = new IdLocks();
    private final Set<UUID> arriving = ConcurrentHashMap.newKeySet();
    private final JsonMapper json = new JsonMapper();

    LocalImages(PoolFolder folder, StorageSurroundings surroundings, Lock noVolumeIsMade) {
        this.folder = folder;
        this.inspection = new ImageInspection(surroundings.tool(), surroundings.imageLimits());
        this.noVolumeIsMade = noVolumeIsMade;
    }

    @Override
    public ImageArrival receive(UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            if (find(id).isPresent()) {
                throw StorageException.conflict("The image " + id + " is complete already and never changes.");
            }
            if (!arriving.add(id)) {
                throw StorageException.conflict("The bytes of image " + id + " are arriving already.");
            }
            try {
                forgetArrived(id);
                return new LocalArrival(folder.incoming(id), folder.incomingSha256(id), () -> arriving.remove(id));
            } catch (IOException | RuntimeException e) {
                arriving.remove(id);
                throw e;
            }
        } catch (IOException e) {
            throw StorageException.of("The image's bytes cannot be taken", e);
        }
    }

    @Override
    public Image admit(UUID id, ImageFormat format, @Nullable String sha256) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Optional<Image> there = find(id);
            return there.isPresent() ? same(there.get(), format, sha256) : check(id, format, sha256);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be admitted", e);
        }
    }

    private static Image same(Image image, ImageFormat format, @Nullable String sha256) {
        if (image.format() != format || (sha256 != null && !sha256.equalsIgnoreCase(image.sha256()))) {
            throw StorageException.conflict("The image " + image.id() + " is complete already, and it is another one.");
        }
        return image;
    }

    private Image check(UUID id, ImageFormat format, @Nullable String expected) throws IOException {
        Path arrived = folder.incoming(id);
        if (arriving.contains(id) || !Files.isRegularFile(arrived)) {
            throw StorageException.notFound("The bytes of image " + id + " have not all arrived.");
        }
        try {
            String sha256 = LocalArrival.sha256(arrived, folder.incomingSha256(id));
            if (expected != null && !expected.toLowerCase(Locale.ROOT).equals(sha256)) {
                throw StorageException.invalid(
                        "sha256",
                        "The SHA-256 of the bytes that arrived is " + sha256
                                + ", not the one announced: the file was changed or damaged on the way.");
            }
            long virtualBytes = inspection.inspect(arrived, format);
            return publish(new Image(id, format, sha256, Files.size(arrived), virtualBytes), arrived);
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.INVALID) {
                forgetArrived(id);
            }
            throw e;
        }
    }

    /** The facts come first: an image file is never without them. */
    private Image publish(Image image, Path arrived) throws IOException {
        DurableFiles.write(folder.imageFacts(image.id()), json.writeValueAsBytes(image), "rw-r--r--");
        Files.setPosixFilePermissions(arrived, PosixFilePermissions.fromString(MODE));
        DurableFiles.publish(arrived, folder.image(image.id(), image.format()));
        forgetArrived(image.id());
        return image;
    }

    private void forgetArrived(UUID id) throws IOException {
        DurableFiles.delete(folder.incoming(id));
        DurableFiles.delete(folder.incomingSha256(id));
    }

    @Override
    public void delete(UUID id) {
        noVolumeIsMade.lock();
        try (IdLocks.Held _ = locks.hold(id)) {
            if (arriving.contains(id)) {
                throw StorageException.conflict("The bytes of image " + id + " are arriving now.");
            }
            refuseWhileUsed(id);
            for (ImageFormat format : ImageFormat.values()) {
                DurableFiles.delete(folder.image(id, format));
            }
            DurableFiles.delete(folder.imageFacts(id));
            forgetArrived(id);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be deleted", e);
        } finally {
            noVolumeIsMade.unlock();
        }
    }

    /**
     * Whether bytes of an image arrive, or have arrived not long ago and may still be admitted; what lies there for longer
     * is what an interrupted admission left.
     */
    boolean isAnyArriving() throws IOException {
        Instant recent = Instant.now().minus(MAY_BE_ADMITTED);
        for (Path file : PoolFolder.files(folder.incoming())) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(recent)) {
                return true;
            }
        }
        return !arriving.isEmpty();
    }

    /** The volumes' own headers tell, so that it stays true whatever other tools do to them. */
    private void refuseWhileUsed(UUID id) throws IOException {
        int users = 0;
        for (Path file : PoolFolder.files(folder.volumes())) {
            if (file.toString().endsWith(".qcow2")) {
                Optional<Qcow2Header> header = VanishingFile.read(file, Qcow2Header::read);
                users += header.filter(h -> isOn(id, h)).isPresent() ? 1 : 0;
            }
        }
        if (users > 0) {
            throw StorageException.conflict(
                    "The image " + id + " is the base of " + users + " volume(s); delete them first.");
        }
    }

    private static boolean isOn(UUID id, Qcow2Header volume) {
        return volume.backingFile() != null && volume.backingFile().contains(id.toString());
    }

    Image require(UUID id) {
        return find(id).orElseThrow(() -> StorageException.notFound("There is no image " + id + " in this pool."));
    }

    @Override
    public Optional<Image> find(UUID id) {
        try {
            return VanishingFile.read(
                            folder.imageFacts(id), facts -> json.readValue(Files.readAllBytes(facts), Image.class))
                    .filter(image -> Files.isRegularFile(folder.image(id, image.format())));
        } catch (IOException e) {
            throw StorageException.of("The facts of image " + id + " cannot be read", e);
        }
    }

    @Override
    public List<Image> list() {
        try {
            List<Image> images = new ArrayList<>();
            for (Path file : PoolFolder.files(folder.images())) {
                IdentifiedFile.of(file)
                        .filter(f -> f.extension().equals("json"))
                        .flatMap(f -> find(f.id()))
                        .ifPresent(images::add);
            }
            return images;
        } catch (IOException e) {
            throw StorageException.of("The pool's images cannot be listed", e);
        }
    }
}
