package io.limiquantix.compute.customization;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.CustomizationSpecView;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.runtime.database.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customization spec as it is stored.
 *
 * @param setup for cloud-init or Cloudbase-Init, with its user-data sealed
 */
record StoredSpec(
        UUID id,
        String name,
        String description,
        HostNamePattern hostNames,
        GuestSetup setup,
        Instant createdAt,
        Instant changedAt,
        long version) {

    static StoredSpec of(Row row) {
        GuestSetup setup = row.isNull("cloud_init")
                ? row.json("cloudbase", Cloudbase.class)
                : row.json("cloud_init", CloudInit.class);
        return new StoredSpec(
                row.uuid("id"),
                row.text("name"),
                row.text("description"),
                new HostNamePattern(row.text("host_name_pattern")),
                setup,
                row.instant("created_at"),
                row.instant("changed_at"),
                row.number("version"));
    }

    @Nullable
    CloudInit linux() {
        return setup instanceof CloudInit wish ? wish : null;
    }

    @Nullable
    Cloudbase windows() {
        return setup instanceof Cloudbase wish ? wish : null;
    }

    /** As others see it. */
    CustomizationSpecView view() {
        CloudInit linux = linux();
        Cloudbase windows = windows();
        return new CustomizationSpecView(
                id,
                name,
                description,
                hostNames.text(),
                linux == null ? null : linux.withPasswordHash(null).withUserData(null),
                windows == null ? null : windows.withUserData(null),
                linux != null && linux.passwordHash() != null,
                (linux != null && linux.userData() != null) || (windows != null && windows.userData() != null),
                createdAt,
                changedAt,
                version);
    }
}
