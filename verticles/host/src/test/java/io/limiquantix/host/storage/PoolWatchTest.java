package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.local.LocalDriver;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host says of its pools while their storage comes and goes. */
class PoolWatchTest {
    private final Path folder;
    private final FakeDriver fake = new FakeDriver();
    private final Set<UUID> secrets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger told = new AtomicInteger();
    private final UUID remote = UUID.randomUUID();
    private final UUID local = UUID.randomUUID();
    private final OpenPools pools;
    private final PoolWatch watch;

    PoolWatchTest(@TempDir Path folder) throws IOException {
        this.folder = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        this.pools = pools();
        this.watch = new PoolWatch(pools, told::incrementAndGet);
    }

    private OpenPools pools() {
        return new OpenPools(
                new StorageDrivers(List.of(fake, new LocalDriver())),
                new StorageSurroundings(new ProcessTool(), ImageLimits.upTo(1 << 20), folder),
                new SecretKeeper() {
                    @Override
                    public void keep(HypervisorSecret secret) {
                        secrets.add(secret.id());
                    }

                    @Override
                    public void forget(UUID id) {
                        secrets.remove(id);
                    }
                },
                new PoolMemory(folder.resolve("pools.json")),
                2,
                Clock.systemUTC());
    }

    @BeforeEach
    void open() {
        pools.open(fake());
        pools.open(new OpenPool(
                local, "local", Map.of("path", folder.resolve("pool").toString()), Map.of()));
        watch.start();
    }

    private OpenPool fake() {
        return new OpenPool(remote, FakeDriver.NAME, Map.of(), Map.of("key", new Secret("hidden")));
    }

    @AfterEach
    void stop() {
        fake.answers.countDown();
        watch.close();
    }

    private static PoolReport report(OpenPools pools, UUID id) {
        return pools.reports().stream()
                .filter(report -> report.poolId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private PoolReport report(UUID id) {
        return report(pools, id);
    }

    @Test
    void storageThatHangsIsKnownAsSuchAndHoldsUpNothingElse() {
        fake.answers = new CountDownLatch(1);
        Eventually.holds(() -> !report(remote).usable());
        assertThat(report(remote).problem()).contains("has not answered since");
        assertThat(report(remote).abilities())
                .as("what is known of it stays known")
                .isNotNull();
        assertThat(report(local).usable()).isTrue();
        Eventually.holds(() -> told.get() == 1);
        fake.answers.countDown();
        Eventually.holds(() -> report(remote).usable() && told.get() == 2);
    }

    @Test
    void storageThatFailsSaysWhyAndComesBackByItself() {
        fake.works = false;
        Eventually.holds(() -> "The server is gone.".equals(report(remote).problem()));
        assertThatThrownBy(pools::requireAll).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.UNAVAILABLE));
        assertThat(pools.usable()).extracting(pool -> pool.id()).containsExactly(local);
        fake.works = true;
        Eventually.holds(() -> report(remote).usable());
        assertThat(pools.usable()).hasSize(2);
        assertThat(fake.opened).hasValue(1);
    }

    @Test
    void aHostThatStartsWhileItsStorageIsAwayOpensItLater() {
        fake.works = false;
        OpenPools restarted = pools();
        PoolWatch again = new PoolWatch(restarted, () -> {});
        again.start();
        assertThat(report(restarted, remote).problem()).isEqualTo("The server is gone.");
        assertThatThrownBy(() -> restarted.require(remote)).hasMessageContaining("The server is gone.");
        fake.works = true;
        Eventually.holds(() -> report(restarted, remote).usable());
        assertThat(restarted.require(remote).id()).isEqualTo(remote);
        again.close();
    }

    @Test
    void theHypervisorHasItsSecretAsLongAsThePoolIsThere() {
        assertThat(secrets).containsExactly(remote);
        secrets.clear();
        Eventually.holds(() -> secrets.contains(remote));
        pools.close(remote);
        assertThat(secrets).isEmpty();
    }

    @Test
    void aPoolThatWasClosedIsNeitherGivenBackNorOpenedAgain() throws Exception {
        pools.close(remote);
        assertThat(fake.released).hasValue(0);
        assertThat(fake.closed).hasValue(1);
        pools.close(remote);
        assertThat(pools.reports()).extracting(PoolReport::poolId).containsExactly(local);
        assertThat(Files.readString(folder.resolve("pools.json"))).doesNotContain(remote.toString());
        pools.release(local);
        assertThat(folder.resolve("pool")).isEmptyDirectory();
        assertThat(fake.opened).hasValue(1);
    }

    @Test
    void theSamePoolWithOtherSettingsIsRefused() {
        assertThat(pools.open(fake()).usable()).isTrue();
        var other = new OpenPool(remote, FakeDriver.NAME, Map.of(), Map.of("key", new Secret("other")));
        assertThatThrownBy(() -> pools.open(other))
                .hasMessageContaining("other settings")
                .message()
                .doesNotContain("hidden");
        var open = new OpenPool(UUID.randomUUID(), FakeDriver.NAME, Map.of("key", "shown"), Map.of());
        assertThatThrownBy(() -> pools.open(open)).hasMessageContaining("give it among the secrets");
    }

    @Test
    void aPoolMakesOnlySoManyChangesAtATimeAndRefusesWhoseTurnDoesNotCome() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                threads.execute(() -> pools.change(remote, Instant.now().plusSeconds(60), pool -> {
                    begun.countDown();
                    return awaited(mayEnd);
                }));
            }
            begun.await();
            assertThatThrownBy(() -> pools.change(remote, Instant.now(), pool -> "done"))
                    .hasMessageContaining("busy with 2 other changes");
            assertThat(pools.<String>change(local, Instant.now(), pool -> "done"))
                    .isEqualTo("done");
            mayEnd.countDown();
        }
        assertThat(pools.<String>change(remote, Instant.now(), pool -> "done")).isEqualTo("done");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
