package io.limiquantix.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostTransferApi.ApplianceReport;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.images.ApplianceFilling.Admitted;
import io.limiquantix.images.system.ImageNames;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Appliances and the images of their disks in the database. */
final class ApplianceStore {
    private static final String KIND = "image";
    /** Of what images may be called. */
    private static final int MOST_NAME = 63;

    /** Whoever works on an appliance sees all of it. */
    private static final Actor PLATFORM = Actor.platform("images");

    private final ImageStore images = new ImageStore();
    private final SystemStore systems = new SystemStore();

    /** The appliance is ready, and so are all its disks, which are entered under names of their own. */
    void admitted(Transaction tx, ApplianceReport read, List<Admitted> disks, Copy place) {
        // Nobody else takes a name meanwhile. Before anything else, so that nobody waits for what this holds.
        tx.update("lock table images.images in share row exclusive mode");
        UUID id = read.imageId();
        ImageView image = images.get(tx, id, PLATFORM).image();
        if (image.state().isUsable()) {
            return;
        }
        learnSystem(tx, id, read.hardware().operatingSystem());
        for (Admitted disk : disks) {
            enter(tx, image, disk, place);
        }
        Appliance appliance = appliance(read.hardware(), disks);
        tx.update(
                "update images.images set state = 'READY', appliance = $2, sha256 = $3, file_bytes = $4,"
                        + " virtual_size_bytes = $5, came_format = $6, came_compression = $7, came_sha256 = $3, came_bytes = $4, problem = null, arrival_pool_id = null,"
                        + " arrival_host_id = null, version = version + 1 where id = $1",
                id,
                Json.of(appliance),
                read.came().sha256(),
                read.came().fileBytes(),
                appliance.disks().stream()
                        .mapToLong(Appliance.Disk::capacityBytes)
                        .sum(),
                read.came().format(),
                read.came().compression());
        tx.changed(KIND, id, Change.CHANGED);
    }

    /** Before its disks are entered, which hold the same system and are the same person's. */
    private void learnSystem(Transaction tx, UUID id, @Nullable String inTheirWords) {
        if (inTheirWords != null) {
            systems.learned(tx, id, Source.OVF, ImageNames.inWords(inTheirWords));
        }
    }

    private void enter(Transaction tx, ImageView appliance, Admitted disk, Copy place) {
        UUID id = disk.image().imageId();
        tx.update(
                "insert into images.images (id, name, description, format, state, appliance_id, systems, default_user, tags,"
                        + " owner_id, owner_name, visibility) select $1, $2, $3, $4, $5, id, systems, default_user, tags,"
                        + " owner_id, owner_name, visibility from images.images where id = $6",
                id,
                freeName(tx, appliance.name(), "-disk" + (disk.index() + 1)),
                "A disk of the appliance " + appliance.name() + ".",
                disk.image().format(),
                State.CHECKING,
                appliance.id());
        tx.changed(KIND, id, Change.CREATED);
        images.admitted(tx, disk.image(), disk.came(), place);
    }

    private static String freeName(Transaction tx, String name, String ending) {
        for (int i = 1; ; i++) {
            String end = i == 1 ? ending : ending + "-" + i;
            String tried = name.substring(0, Math.min(name.length(), MOST_NAME - end.length())) + end;
            if (tx.query("select 1 as one from images.images where lower(name) = lower($1)", row -> tried, tried)
                    .isEmpty()) {
                return tried;
            }
        }
    }

    private static Appliance appliance(ApplianceHardware hardware, List<Admitted> disks) {
        List<ApplianceHardware.Disk> all = hardware.disks();
        List<Appliance.Disk> imaged = IntStream.range(0, all.size())
                .mapToObj(i -> disk(
                        all.get(i), disks.stream().filter(d -> d.index() == i).findFirst()))
                .toList();
        return new Appliance(
                hardware.name(),
                hardware.product(),
                hardware.operatingSystem(),
                hardware.vcpus(),
                hardware.memoryBytes(),
                hardware.firmware(),
                hardware.nics(),
                imaged);
    }

    /** A disk is as large as its bytes say, and larger where the description says so. */
    private static Appliance.Disk disk(ApplianceHardware.Disk said, Optional<Admitted> admitted) {
        long bytes = admitted.map(d -> d.image().virtualSizeBytes()).orElse(0L);
        return new Appliance.Disk(
                Math.max(said.capacityBytes(), bytes),
                admitted.map(d -> d.image().imageId()).orElse(null));
    }

    /** A machine without one of its disks is none any more. */
    void requireFree(Transaction tx, ImageView image) {
        UUID applianceId = image.applianceId();
        if (applianceId != null) {
            throw FailureException.conflict("The image " + image.name() + " is a disk of the appliance "
                    + images.get(tx, applianceId, PLATFORM).image().name() + ", and is deleted with that.");
        }
    }

    /** The images of an appliance's disks, by name. */
    List<ImageStore.Arrival> disks(Transaction tx, UUID applianceId) {
        return tx
                .query(
                        "select id from images.images where appliance_id = $1 order by name",
                        row -> row.uuid("id"),
                        applianceId)
                .stream()
                .map(id -> images.get(tx, id, PLATFORM))
                .toList();
    }
}
