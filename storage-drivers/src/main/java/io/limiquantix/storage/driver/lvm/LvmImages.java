package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.Images;
import io.limiquantix.storage.driver.IsoLabel;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import io.limiquantix.storage.driver.qemu.BlockImage;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Images as thin volumes, raw whatever they were; volumes share their blocks and do not depend on them. */
final class LvmImages implements Images {
    private final VolumeGroup group;
    private final Workbench workbench;
    private final ImageStaging staging;
    private final QemuImg qemuImg;
    private final IdLocks locks = new IdLocks();

    LvmImages(VolumeGroup group, Workbench workbench, ImageStaging staging, QemuImg qemuImg) {
        this.group = group;
        this.workbench = workbench;
        this.staging = staging;
        this.qemuImg = qemuImg;
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
            List<LogicalVolume> there = group.volumes();
            Optional<Image> earlier = find(there, id).map(found -> ImageFacts.read(id, found));
            Image image = earlier.isPresent() ? earlier.get() : publish(staging.check(id, format, expected), there);
            staging.forget(id);
            return ImageStaging.same(image, format, expected);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be admitted", e);
        }
    }

    private Image publish(Image image, List<LogicalVolume> there) {
        var arrived = new QemuLocation(
                staging.file(image.id()).toString(), image.format().diskFormat());
        workbench.make(there, Kind.IMAGE.name(image.id()), aside -> {
            group.create(aside, group.roundedUp(image.virtualSizeBytes()), ImageFacts.tags(image));
            qemuImg.copyInto(arrived, group.location(aside), true);
        });
        return image;
    }

    @Override
    public void delete(UUID id) {
        try (IdLocks.Held _ = locks.hold(id)) {
            staging.refuseWhileArriving(id);
            workbench.remove(group.volumes(), Kind.IMAGE.name(id));
            staging.forget(id);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be deleted", e);
        }
    }

    @Override
    public Optional<Image> find(UUID id) {
        return find(group.volumes(), id).map(found -> ImageFacts.read(id, found));
    }

    private static Optional<LogicalVolume> find(List<LogicalVolume> there, UUID id) {
        String name = Kind.IMAGE.name(id);
        return there.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    static LogicalVolume require(List<LogicalVolume> there, UUID id) {
        return find(there, id)
                .orElseThrow(() -> StorageException.notFound("There is no image " + id + " in this pool."));
    }

    @Override
    public Optional<Path> file(UUID id) {
        return Optional.empty();
    }

    @Override
    public ImageFormat export(UUID id, Path target, DoubleConsumer percent) {
        LogicalVolume there = active(id);
        return new BlockImage(ImageFacts.read(id, there), group.location(there.name()))
                .export(qemuImg, target, percent);
    }

    @Override
    public QemuLocation location(UUID id) {
        return group.location(active(id).name());
    }

    private LogicalVolume active(UUID id) {
        LogicalVolume there = require(group.volumes(), id);
        if (!there.active()) {
            group.activate(there.name());
        }
        return there;
    }

    @Override
    public List<Image> list() {
        return group.volumes().stream()
                .flatMap(each -> OwnName.id(Kind.IMAGE, each.name()).map(id -> ImageFacts.read(id, each)).stream())
                .toList();
    }
}
