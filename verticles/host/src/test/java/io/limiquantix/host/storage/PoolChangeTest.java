package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.HostStorageApi.ChangePool;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that a host is told otherwise while it uses them. */
class PoolChangeTest {
    private final Path folder;
    private final FakeDriver fake = new FakeDriver();
    /** The values that the hypervisor has. */
    private final Map<UUID, String> secrets = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();
    private final OpenPool first = pool("hidden");
    private final OpenPool second = pool("other");
    private final OpenPools pools;

    PoolChangeTest(@TempDir Path folder) {
        this.folder = folder;
        this.pools = pools();
    }

    private OpenPool pool(String key) {
        return new OpenPool(id, FakeDriver.NAME, Map.of(), Map.of("key", new Secret(key)), UUID.randomUUID());
    }

    private OpenPools pools() {
        return new OpenPools(
                new StorageDrivers(List.of(fake)),
                new StorageSurroundings(new ProcessTool(), ImageLimits.upTo(1 << 20), folder),
                new SecretKeeper() {
                    @Override
                    public void keep(HypervisorSecret secret) {
                        secrets.put(secret.id(), secret.base64());
                    }

                    @Override
                    public void forget(UUID secret) {
                        secrets.remove(secret);
                    }
                },
                new PoolMemory(folder.resolve("pools.json")),
                2,
                Clock.systemUTC());
    }

    private static PoolReport only(OpenPools pools) {
        return pools.reports().getFirst();
    }

    @Test
    void itStaysOpenAndTheHypervisorGetsTheNewSecret() throws Exception {
        pools.open(first);
        PoolReport report = pools.change(new ChangePool(second, false));
        assertThat(report.usable()).isTrue();
        assertThat(report.definition()).isEqualTo(second.definition());
        assertThat(secrets).containsExactly(Map.entry(id, "other"));
        assertThat(fake.opened).hasValue(1);
        assertThat(fake.closed).hasValue(0);
        assertThat(only(pools()).definition()).as("also after a restart").isEqualTo(second.definition());
        assertThat(Files.readString(folder.resolve("pools.json"))).doesNotContain("hidden");
        assertThat(pools.change(new ChangePool(second, false)).definition()).isEqualTo(second.definition());
    }

    @Test
    void whatTheStorageRefusesChangesNothing() {
        pools.open(first);
        fake.keys = Set.of("hidden");
        assertThatThrownBy(() -> pools.change(new ChangePool(second, false))).hasMessageContaining("The key is wrong.");
        assertThat(fake.key).isEqualTo("hidden");
        assertThat(secrets).containsExactly(Map.entry(id, "hidden"));
        assertThat(only(pools).definition()).isEqualTo(first.definition());
        assertThat(only(pools).usable()).isTrue();
        assertThat(only(pools()).definition()).isEqualTo(first.definition());
    }

    @Test
    void whatCannotBeTakenOverWhileItIsUsedChangesNothing() {
        pools.open(first);
        fake.inUse = true;
        assertThatThrownBy(() -> pools.change(new ChangePool(second, true)))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
        assertThat(only(pools).definition()).isEqualTo(first.definition());
        assertThat(only(pools).usable()).isTrue();
    }

    @Test
    void theWayBackIsOpenAlsoToWhatDoesNotWorkAnyMore() {
        pools.open(second);
        fake.keys = Set.of("other");
        PoolReport back = pools.change(new ChangePool(first, true));
        assertThat(back.definition()).isEqualTo(first.definition());
        assertThat(back.usable()).isFalse();
        assertThat(back.problem()).isEqualTo("The key is wrong.");
        assertThat(pools.change(new ChangePool(second, false)).usable()).isTrue();
    }

    @Test
    void aPoolThatCouldNotBeOpenedAnyMoreIsOpenedByTheNewSettings() {
        pools.open(first);
        fake.keys = Set.of("other");
        OpenPools restarted = pools();
        assertThatThrownBy(() -> restarted.change(new ChangePool(pool("third"), false)))
                .hasMessageContaining("The key is wrong.");
        assertThat(only(restarted).definition()).isEqualTo(first.definition());
        assertThat(restarted.change(new ChangePool(second, false)).usable()).isTrue();
        assertThat(restarted.require(id).id()).isEqualTo(id);
    }

    @Test
    void aHostThatDoesNotHaveThePoolOpensIt() {
        assertThat(pools.change(new ChangePool(second, false)).definition()).isEqualTo(second.definition());
        assertThat(pools.require(id).id()).isEqualTo(id);
    }
}
