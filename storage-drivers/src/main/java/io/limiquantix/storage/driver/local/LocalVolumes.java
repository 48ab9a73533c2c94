package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;

/** Volumes as files that only their owner, which is QEMU's user while a domain runs, can open. */
final class LocalVolumes implements Volumes {
    private static final String MODE = "rw-------";

    private final PoolFolder folder;
    private final LocalImages images;
    private final QemuImg qemuImg;
    private final Reflink reflink;
    private final Lock imageStays;
    private final IdLocks locks = new IdLocks();

    LocalVolumes(PoolFolder folder, LocalImages images, QemuImg qemuImg, Reflink reflink, Lock imageStays) {
        this.folder = folder;
        this.images = images;
        this.qemuImg = qemuImg;
        this.reflink = reflink;
        this.imageStays = imageStays;
    }

    @Override
    public Volume create(VolumeRequest request) {
        if (request.sizeBytes() <= 0) {
            throw StorageException.invalid("sizeBytes", "A volume's size must be greater than 0.");
        }
        imageStays.lock();
        try (IdLocks.Held _ = locks.hold(request.id())) {
            Optional<Volume> there = find(request.id());
            return there.isPresent() ? fitting(there.get(), request) : make(request);
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be made", e);
        } finally {
            imageStays.unlock();
        }
    }

    private static Volume fitting(Volume there, VolumeRequest request) {
        if (there.format() != request.format() || there.sizeBytes() < request.sizeBytes()) {
            throw StorageException.conflict("There is a volume " + request.id() + " already, and it is another one.");
        }
        return there;
    }

    private Volume make(VolumeRequest request) throws IOException {
        Path file = folder.volume(request.id(), request.format());
        Path aside = DurableFiles.unfinished(file);
        Files.deleteIfExists(aside);
        try {
            if (request.imageId() == null) {
                qemuImg.create(aside, request.format(), request.sizeBytes());
            } else {
                cloneImage(images.require(request.imageId()), request, aside);
            }
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(MODE));
            DurableFiles.publish(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
        return describe(request.id(), file, request.format());
    }

    private void cloneImage(Image image, VolumeRequest request, Path aside) throws IOException {
        if (image.format() == ImageFormat.ISO) {
            throw StorageException.invalid("imageId", "An ISO image cannot become a disk.");
        }
        if (request.sizeBytes() < image.virtualSizeBytes()) {
            throw StorageException.invalid(
                    "sizeBytes",
                    "The volume must have at least the " + image.virtualSizeBytes() + " bytes of its image.");
        }
        Path source = folder.image(image.id(), image.format());
        VolumeFormat sourceFormat = image.format().diskFormat();
        if (sourceFormat == request.format() && reflink.copy(source, aside)) {
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(MODE));
            qemuImg.resize(aside, request.format(), request.sizeBytes());
        } else if (request.format() == VolumeFormat.QCOW2) {
            qemuImg.createOn(aside, "../images/" + source.getFileName(), sourceFormat, request.sizeBytes());
        } else {
            qemuImg.copy(source, sourceFormat, aside, request.format());
            qemuImg.resize(aside, request.format(), request.sizeBytes());
        }
    }

    @Override
    public Volume grow(UUID id, long sizeBytes) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Volume volume = find(id).orElseThrow(
                            () -> StorageException.notFound("There is no volume " + id + " in this pool."));
            if (sizeBytes < volume.sizeBytes()) {
                throw StorageException.invalid(
                        "sizeBytes", "A volume cannot shrink; it has " + volume.sizeBytes() + " bytes.");
            }
            if (sizeBytes == volume.sizeBytes()) {
                return volume;
            }
            Path file = Path.of(volume.path());
            qemuImg.resize(file, volume.format(), sizeBytes);
            return describe(id, file, volume.format());
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be resized", e);
        }
    }

    @Override
    public void delete(UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            for (VolumeFormat format : VolumeFormat.values()) {
                DurableFiles.delete(folder.volume(id, format));
            }
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be deleted", e);
        }
    }

    @Override
    public Optional<Volume> find(UUID id) {
        try {
            for (VolumeFormat format : VolumeFormat.values()) {
                Optional<Volume> found =
                        VanishingFile.read(folder.volume(id, format), file -> describe(id, file, format));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw StorageException.of("The volume cannot be read", e);
        }
    }

    @Override
    public List<Volume> list() {
        try {
            List<Volume> volumes = new ArrayList<>();
            for (Path file : PoolFolder.files(folder.volumes())) {
                IdentifiedFile.of(file).flatMap(f -> find(f.id())).ifPresent(volumes::add);
            }
            return volumes;
        } catch (IOException e) {
            throw StorageException.of("The pool's volumes cannot be listed", e);
        }
    }

    private static Volume describe(UUID id, Path file, VolumeFormat format) throws IOException {
        return new Volume(
                id, file.toString(), format, VolumeFile.virtualBytes(file, format), VolumeFile.allocatedBytes(file));
    }
}
