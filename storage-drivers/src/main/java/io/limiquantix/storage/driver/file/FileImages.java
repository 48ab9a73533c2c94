package io.limiquantix.storage.driver.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.Qcow2Header;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleConsumer;

/** Images as read-only files, each with its facts beside it. */
final class FileImages implements Images {
    private static final String MODE = "r--r--r--";

    private final PoolFolder folder;
    private final ImageStaging staging;
    private final Lock noVolumeIsMade;
    private final IdLocks locks = new IdLocks();
    private final JsonMapper json = new JsonMapper();

    FileImages(PoolFolder folder, ImageStaging staging, Lock noVolumeIsMade) {
        this.folder = folder;
        this.staging = staging;
        this.noVolumeIsMade = noVolumeIsMade;
    }

    @Override
    public ImageArrival receive(UUID id) {
        return taking(id, staging::receive);
    }

    @Override
    public ImageArrival resume(UUID id, long offset, long length) {
        return taking(id, image -> staging.resume(image, offset, length));
    }

    private ImageArrival taking(UUID id, ImageStaging.Taking taking) {
        try (IdLocks.Held _ = locks.hold(id)) {
            if (find(id).isPresent()) {
                throw StorageException.conflict("The image " + id + " is complete already and never changes.");
            }
            return taking.begin(id);
        } catch (IOException e) {
            throw StorageException.of("The image's bytes cannot be taken", e);
        }
    }

    @Override
    public long arrived(UUID id) {
        return staging.arrived(id);
    }

    @Override
    public boolean isPacked(UUID id, ArrivalFormat stated) {
        return staging.isPacked(id, stated);
    }

    @Override
    public Came unpack(UUID id, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent) {
        return staging.unpack(id, stated, expected, percent);
    }

    @Override
    public Optional<IsoLabel> label(UUID id) {
        return staging.label(id);
    }

    @Override
    public ArrivedAppliance readAppliance(UUID id, ExpectedSums expected, DoubleConsumer percent) {
        return staging.readAppliance(id, expected, percent);
    }

    @Override
    public Came takeDisk(UUID appliance, int disk, UUID id, DoubleConsumer percent) {
        return staging.takeDisk(appliance, disk, id, percent);
    }

    @Override
    public Image admit(UUID id, ImageFormat format, ExpectedSums expected) {
        try (IdLocks.Held _ = locks.hold(id)) {
            Optional<Image> there = find(id);
            return there.isPresent()
                    ? ImageStaging.same(there.get(), format, expected)
                    : publish(staging.check(id, format, expected));
        } catch (IOException e) {
            throw StorageException.of("The image cannot be admitted", e);
        }
    }

    /** The facts come first: an image file is never without them. */
    private Image publish(Image image) throws IOException {
        DurableFiles.write(folder.imageFacts(image.id()), json.writeValueAsBytes(image), "rw-r--r--");
        Path arrived = staging.file(image.id());
        Files.setPosixFilePermissions(arrived, PosixFilePermissions.fromString(MODE));
        DurableFiles.publish(arrived, folder.image(image.id(), image.format()));
        staging.forget(image.id());
        return image;
    }

    @Override
    public void delete(UUID id) {
        noVolumeIsMade.lock();
        try (IdLocks.Held _ = locks.hold(id)) {
            staging.refuseWhileArriving(id);
            refuseWhileUsed(id);
            for (ImageFormat format : ImageFormat.values()) {
                DurableFiles.delete(folder.image(id, format));
            }
            DurableFiles.delete(folder.imageFacts(id));
            staging.forget(id);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be deleted", e);
        } finally {
            noVolumeIsMade.unlock();
        }
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
    public Optional<Path> file(UUID id) {
        return Optional.of(folder.image(id, require(id).format()));
    }

    @Override
    public Optional<DiskSource.OfFile> inDrive(UUID id) {
        return find(id).map(image -> new DiskSource.OfFile(folder.image(id, image.format())));
    }

    @Override
    public ImageFormat export(UUID id, Path target, DoubleConsumer percent) {
        ImageFormat format = require(id).format();
        FileCopy.make(folder.image(id, format), target, percent);
        return format;
    }

    @Override
    public QemuLocation location(UUID id) {
        ImageFormat format = require(id).format();
        return new QemuLocation(folder.image(id, format).toString(), format.diskFormat());
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
