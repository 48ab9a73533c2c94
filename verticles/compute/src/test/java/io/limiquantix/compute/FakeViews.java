package io.limiquantix.compute;

import io.limiquantix.bus.host.HostCapabilities;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What other services say of things. */
final class FakeViews {
    private static final PoolAbilities ABILITIES =
            new PoolAbilities(false, true, List.of("qcow2"), List.of("qcow2"), 1, true);

    private FakeViews() {}

    static HostView host(UUID hostId, @Nullable MachineOffers offers, int vms) {
        var able = new HostCapabilities(
                "cpu", "x86_64", 4, 1L << 34, List.of(), "9", "8", "6", Accelerator.TCG, "because of the test", offers);
        return new HostView(
                hostId,
                "h1",
                HostView.State.UP,
                "0.1.0",
                able,
                0,
                0,
                0,
                0,
                vms,
                List.of(new NetworkReport("default", true, "nat", "virbr0")),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static PoolView pool(UUID poolId, UUID hostId) {
        var here = new PoolView.OnHost(
                hostId, new PoolReport(poolId, true, 1L << 40, 1L << 39, null, ABILITIES), Instant.EPOCH);
        return new PoolView(
                poolId,
                "p1",
                "local",
                Map.of(),
                List.of(),
                PoolView.State.READY,
                false,
                1L << 40,
                1L << 39,
                List.of(here),
                0,
                Instant.EPOCH,
                1);
    }

    static ImageView image(UUID id, String name, String format, ImageView.State state, ImageView.Copy copy) {
        return new ImageView(
                id,
                name,
                "",
                null,
                "debian",
                format,
                state,
                "00",
                1,
                World.IMAGE_BYTES,
                List.of(copy),
                null,
                null,
                Instant.EPOCH,
                1,
                null,
                List.of(),
                null,
                ImageView.Visibility.SHARED,
                null,
                null);
    }

    static VolumeView volume(StorageApi.ProvisionVolume wish) {
        return new VolumeView(
                wish.volumeId(),
                wish.poolId(),
                wish.hostId(),
                wish.name(),
                "qcow2",
                wish.sizeBytes(),
                0,
                VolumeView.State.READY,
                wish.origin(),
                wish.independent(),
                0,
                false,
                Stream.ofNullable(wish.vmId())
                        .map(vm -> new VolumeView.Attachment(vm, false))
                        .toList(),
                "/pool/" + wish.volumeId(),
                Instant.EPOCH,
                1);
    }
}
