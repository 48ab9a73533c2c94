package io.limiquantix.storage;

import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.HostStorageApi.DriverView;
import io.limiquantix.bus.host.HostStorageApi.SettingView;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other services say of things. */
final class FakeViews {
    private FakeViews() {}

    /** A setting that says where the data is. */
    static SettingView fixed(String name) {
        return new SettingView(name, true, false, false, "It says where the data is.", "A place.");
    }

    /** A driver of which a part can be changed. */
    static DriverView remoteDriver() {
        return new DriverView(
                "remote",
                List.of(
                        fixed("place"),
                        new SettingView("servers", true, false, true, "", "Who is asked."),
                        new SettingView("options", false, false, true, "", "How they are asked."),
                        new SettingView("key", true, true, true, "", "What lets hosts in.")));
    }

    /** One that is ready, and lies there. */
    static ImageView image(String name, ImageView.Copy copy) {
        return new ImageView(
                Uuid7.next(),
                name,
                "",
                null,
                null,
                "qcow2",
                ImageView.State.READY,
                null,
                1,
                1,
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

    static HostView host(UUID id, String name, boolean down) {
        return new HostView(
                id,
                name,
                down ? HostView.State.DOWN : HostView.State.UP,
                "0.1.0",
                null,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** A VM that is off, with these volumes. */
    static VmView stopped(UUID id, UUID host, List<VolumeView> volumes) {
        return vm(id, host, PowerState.STOPPED, volumes);
    }

    static VmView vm(UUID id, UUID host, PowerState state, List<VolumeView> volumes) {
        return new VmView(
                id,
                new VmSpec("mail", "Relays mail.", 2, 3L << 30, List.of(), List.of(), null),
                VmView.Phase.READY,
                state,
                "",
                host,
                null,
                null,
                volumes.stream()
                        .map(v -> new VmView.Disk(
                                v.id(), v.poolId(), v.sizeBytes(), v.origin().imageId()))
                        .toList(),
                List.of(new VmView.Nic("lan", "52:54:00:00:00:01")),
                List.of(),
                null,
                List.of(),
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                null);
    }

    /** One that is ready, with a copy on a host. */
    static ImageView image(UUID id, String name, String format, UUID pool, UUID host, @Nullable Appliance appliance) {
        var copy = new ImageView.Copy(pool, host, ImageView.CopyState.READY, true, null);
        var system = new OperatingSystem(
                OperatingSystem.Family.LINUX,
                "Debian",
                "12",
                2L << 30,
                OperatingSystem.Firmware.UEFI,
                true,
                new OperatingSystem.LearnedFrom(null, null, null, null));
        return new ImageView(
                id,
                name,
                "",
                system,
                null,
                format,
                ImageView.State.READY,
                "cd".repeat(32),
                4096,
                1L << 20,
                List.of(copy),
                null,
                null,
                Instant.EPOCH,
                1,
                null,
                List.of(),
                null,
                ImageView.Visibility.SHARED,
                appliance,
                null);
    }
}
