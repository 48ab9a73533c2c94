package io.limiquantix.compute.disks;

import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.storage.VolumeView;
import java.util.Map;
import java.util.UUID;

/** All images and volumes that a spec names and that there are. */
public record Named(Map<UUID, ImageView> images, Map<UUID, VolumeView> volumes) {
    public Named {
        images = Map.copyOf(images);
        volumes = Map.copyOf(volumes);
    }
}
