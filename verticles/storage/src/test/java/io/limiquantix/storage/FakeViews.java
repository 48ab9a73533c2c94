package io.limiquantix.storage;

import io.limiquantix.bus.host.HostStorageApi.DriverView;
import io.limiquantix.bus.host.HostStorageApi.SettingView;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
}
