package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.lvm.GroupChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pools on a LUN of an iSCSI target; one host at a time uses it. */
public final class IscsiDriver implements StorageDriver {
    private static final String NEXT_LOGIN =
            "Hosts stay logged in as they are; it is used, and proves right or wrong, when they log in the next time.";

    @Override
    public String name() {
        return "iscsi";
    }

    @Override
    public List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(List.of(
                Setting.required(
                                IscsiTarget.PORTALS,
                                "Where the target listens, separated by commas: host, host:port or [IPv6]:port; without a port it is "
                                        + Portal.USUAL_PORT + ".")
                        .asChangeable(NEXT_LOGIN),
                Setting.required(IscsiTarget.TARGET, "The target's name, for instance iqn.2026-01.com.example:disks."),
                Setting.optional(IscsiTarget.LUN, "Which of the target's disks; left out, 0."),
                Setting.optional(IscsiTarget.CHAP_USER, "The user by which hosts prove themselves (CHAP).")
                        .asChangeable(NEXT_LOGIN),
                Setting.optional(IscsiTarget.CHAP_PASSWORD, "That user's password.")
                        .asSecret()
                        .asChangeable(NEXT_LOGIN),
                Setting.optional(
                                IscsiTarget.MUTUAL_USER,
                                "The user by which the target proves itself to hosts (mutual CHAP).")
                        .asChangeable(NEXT_LOGIN),
                Setting.optional(IscsiTarget.MUTUAL_PASSWORD, "That user's password.")
                        .asSecret()
                        .asChangeable(NEXT_LOGIN)));
        settings.addAll(GroupChoice.settings());
        return List.copyOf(settings);
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        PoolSettings checked = PoolSettings.of(this, settings);
        return IscsiPool.open(poolId, IscsiTarget.of(checked), GroupChoice.of(checked), surroundings);
    }
}
