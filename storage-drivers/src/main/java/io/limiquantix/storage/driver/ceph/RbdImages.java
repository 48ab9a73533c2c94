package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import io.limiquantix.storage.driver.qemu.BlockImage;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.staging.ImageStaging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Images as RBD images, raw whatever they were, each with a protected snapshot that volumes are cloned from. */
final class RbdImages implements Images {
    /** The snapshot. */
    static final String CONTENTS = "contents";

    private static final String FACTS = "limiquantix.image";

    private final Rbd rbd;
    private final RbdSnapshotCommands snapshots;
    private final Workbench workbench;
    private final ImageStaging staging;
    private final QemuImg qemuImg;
    private final IdLocks locks = new IdLocks();
    private final JsonMapper json = new JsonMapper();

    RbdImages(Rbd rbd, RbdSnapshotCommands snapshots, Workbench workbench, ImageStaging staging, QemuImg qemuImg) {
        this.rbd = rbd;
        this.snapshots = snapshots;
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
            Optional<Image> there = find(id);
            if (there.isEmpty()) {
                publish(staging.check(id, format, expected));
            }
            staging.forget(id);
            return ImageStaging.same(there.isPresent() ? there.get() : require(id), format, expected);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be admitted", e);
        }
    }

    private void publish(Image image) {
        try {
            workbench.make(Kind.IMAGE.name(image.id()), aside -> fill(aside, image));
        } catch (StorageException e) {
            // Another host that was asked for the same may have been faster.
            if (e.reason() != Reason.CONFLICT || find(image.id()).isEmpty()) {
                throw e;
            }
        }
    }

    private void fill(String aside, Image image) {
        var arrived = new QemuLocation(
                staging.file(image.id()).toString(), image.format().diskFormat());
        rbd.create(aside, image.virtualSizeBytes(), Preallocation.THIN);
        qemuImg.copyInto(arrived, rbd.location(aside), true);
        rbd.setText(aside, FACTS, text(image));
        snapshots.create(aside, CONTENTS);
        snapshots.protect(aside, CONTENTS);
    }

    private String text(Image image) {
        try {
            return json.writeValueAsString(image);
        } catch (JsonProcessingException e) {
            throw StorageException.of("The facts of image " + image.id() + " cannot be written", e);
        }
    }

    @Override
    public void delete(UUID id) {
        String name = Kind.IMAGE.name(id);
        try (IdLocks.Held _ = locks.hold(id)) {
            staging.refuseWhileArriving(id);
            if (rbd.find(name).isPresent()) {
                refuseWhileUsed(id, name);
            }
            workbench.remove(name);
            staging.forget(id);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be deleted", e);
        }
    }

    private void refuseWhileUsed(UUID id, String name) {
        int users = snapshots.clones(name).size();
        if (users > 0) {
            throw StorageException.conflict("The image " + id + " is the base of " + users
                    + " volume(s); delete them or make them independent first.");
        }
    }

    Image require(UUID id) {
        return find(id).orElseThrow(() -> StorageException.notFound("There is no image " + id + " in this pool."));
    }

    @Override
    public Optional<Image> find(UUID id) {
        return rbd.text(Kind.IMAGE.name(id), FACTS, CephCommands.USUAL).map(facts -> image(id, facts));
    }

    private Image image(UUID id, String facts) {
        try {
            return json.readValue(facts, Image.class);
        } catch (JsonProcessingException e) {
            throw StorageException.of("The facts of image " + id + " cannot be read", e);
        }
    }

    @Override
    public Optional<Path> file(UUID id) {
        return Optional.empty();
    }

    @Override
    public ImageFormat export(UUID id, Path target, DoubleConsumer percent) {
        return new BlockImage(require(id), rbd.location(Kind.IMAGE.name(id))).export(qemuImg, target, percent);
    }

    @Override
    public QemuLocation location(UUID id) {
        require(id);
        return rbd.location(Kind.IMAGE.name(id));
    }

    @Override
    public List<Image> list() {
        List<UUID> ids = rbd.names().stream()
                .flatMap(name -> OwnName.id(Kind.IMAGE, name).stream())
                .toList();
        return InParallel.ask(ids, this::find);
    }
}
