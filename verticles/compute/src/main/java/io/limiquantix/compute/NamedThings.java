package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.disks.Named;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks up the images and volumes that a spec names. */
final class NamedThings {
    private final Bus bus;

    NamedThings(Bus bus) {
        this.bus = bus;
    }

    /** Those that there are, and that the caller may see. */
    Named find(VmSpec spec, Caller caller) {
        Stream<@Nullable UUID> images = Stream.concat(
                spec.disks().stream().map(DiskSpec::imageId),
                spec.cdroms().stream().map(CdromSpec::imageId));
        Map<UUID, ImageView> found = each(images, id -> bus.request(ImagesApi.GET, new ImagesApi.Image(id), caller));
        Map<UUID, VolumeView> volumes = each(
                spec.disks().stream().map(DiskSpec::volumeId),
                id -> bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(id), caller));
        return new Named(found, volumes);
    }

    /** The ISO, if there is one that the caller may see. */
    Named find(CdromSpec drive, Caller caller) {
        return new Named(
                each(
                        Stream.of(drive).map(CdromSpec::imageId),
                        id -> bus.request(ImagesApi.GET, new ImagesApi.Image(id), caller)),
                Map.of());
    }

    private static <T> Map<UUID, T> each(Stream<@Nullable UUID> ids, Function<UUID, T> look) {
        Set<UUID> distinct = ids.filter(Objects::nonNull).collect(Collectors.toSet());
        Map<UUID, T> found = new HashMap<>();
        for (UUID id : distinct) {
            try {
                found.put(id, look.apply(id));
            } catch (FailureException e) {
                if (e.code() != FailureCode.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return found;
    }
}
