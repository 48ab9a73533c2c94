package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools that are called and told otherwise after they were made. */
class PoolChangesIT {
    private static final Secret OLD = new Secret("canary-0ld");
    private static final Secret NEW = new Secret("canary-n3w");

    private final FakeHosts hosts = new FakeHosts();
    private final DatabaseAddress address = StorageProcess.database();
    private final StorageProcess storage = StorageProcess.start(hosts, address, TaskObserver.NONE);
    private final CountDownLatch held = new CountDownLatch(1);
    private PoolView pool = create();

    private PoolView create() {
        hosts.sharing = true;
        var request = new StorageApi.CreatePool(
                "p1", "remote", Map.of("place", "here", "servers", "a"), Map.of("key", OLD), List.of());
        return storage.ask(StorageApi.CREATE_POOL, request);
    }

    @BeforeEach
    void forgetTheCreation() {
        hosts.effects.clear();
    }

    @AfterEach
    void stop() {
        held.countDown();
        storage.close();
    }

    private StorageApi.ChangePool settings(Map<String, String> settings, @Nullable Long version) {
        return new StorageApi.ChangePool(pool.id(), version, null, settings, List.of(), Map.of(), List.of());
    }

    private StorageApi.ChangePool newKey() {
        return new StorageApi.ChangePool(pool.id(), null, null, Map.of(), List.of(), Map.of("key", NEW), List.of());
    }

    private StorageApi.ChangePool renamed(String name) {
        return new StorageApi.ChangePool(pool.id(), null, name, Map.of(), List.of(), Map.of(), List.of());
    }

    private PoolView change(StorageApi.ChangePool change) {
        return storage.ask(StorageApi.CHANGE_POOL, change);
    }

    private Secret keyOn(UUID host) {
        return Objects.requireNonNull(
                Objects.requireNonNull(hosts.used(host, pool.id())).secrets().get("key"));
    }

    private String serversOn(UUID host) {
        return Objects.requireNonNull(
                Objects.requireNonNull(hosts.used(host, pool.id())).settings().get("servers"));
    }

    @Test
    void allHostsUseTheNewSettingsAndWhatWasNotNamedStays() {
        PoolView changed = change(settings(Map.of("servers", "b,c", "options", "fast"), pool.version()));
        assertThat(changed.settings())
                .containsOnly(Map.entry("place", "here"), Map.entry("servers", "b,c"), Map.entry("options", "fast"));
        assertThat(changed.version()).isGreaterThan(pool.version());
        assertThat(changed.hosts()).noneMatch(PoolView.OnHost::outdated);
        assertThat(hosts.effects).containsExactlyInAnyOrder("change pool 1", "change pool 2");
        assertThat(serversOn(hosts.one)).isEqualTo("b,c");
        assertThat(keyOn(hosts.two)).isEqualTo(OLD);
        assertThat(storage.plane.changes()).endsWith("pool CHANGED");
        var without =
                new StorageApi.ChangePool(pool.id(), null, null, Map.of(), List.of("options"), Map.of(), List.of());
        assertThat(change(without).settings()).doesNotContainKey("options");
    }

    @Test
    void aNewKeyReachesHostsAndNobodyElse() {
        PoolView changed = change(newKey());
        assertThat(keyOn(hosts.one)).isEqualTo(NEW);
        assertThat(keyOn(hosts.two)).isEqualTo(NEW);
        assertThat(changed.toString()).doesNotContain("canary");
        StringBuilder all = new StringBuilder();
        for (String table : List.of("pools", "pool_hosts", "pool_changes", "pool_trials")) {
            storage.plane
                    .controlPlane()
                    .database()
                    .query("select t::text as line from storage." + table + " t", row -> row.text("line"))
                    .forEach(all::append);
        }
        assertThat(all.toString()).contains("p1").doesNotContain("canary");
        assertThat(newKey().toString()).doesNotContain("canary");
    }

    @Test
    void whereOneHostRefusesAllUseItAsBefore() {
        hosts.faults.refuse("change pool 2", FailureException.invalid("settings.key", "The key is wrong."));
        assertThatThrownBy(() -> change(newKey()))
                .hasMessageContaining("Host h2: The key is wrong.")
                .hasMessageContaining("Nothing was changed");
        assertThat(keyOn(hosts.one)).isEqualTo(OLD);
        assertThat(keyOn(hosts.two)).isEqualTo(OLD);
        assertThat(storage.pool(pool.id()).version()).isEqualTo(pool.version());
        hosts.faults.refuse("change pool 2", FailureException.invalid("settings.key", "The key is wrong."));
        assertRefused(FailureCode.INVALID, "settings.key", () -> change(newKey()));
        change(newKey());
        assertThat(keyOn(hosts.one)).isEqualTo(NEW);
    }

    @Test
    void aHostThatMayHaveTakenItWithoutSayingSoIsBroughtBackToo() {
        hosts.faults.loseAnswer("change pool 2");
        assertRefused(FailureCode.TIMEOUT, () -> change(newKey()));
        assertThat(keyOn(hosts.one)).isEqualTo(OLD);
        assertThat(keyOn(hosts.two)).isEqualTo(OLD);
    }

    @Test
    void aHostThatIsAwayGetsItWhenItIsBack() {
        hosts.down.add(hosts.two);
        PoolView changed = change(newKey());
        assertThat(changed.hosts())
                .filteredOn(PoolView.OnHost::outdated)
                .extracting(PoolView.OnHost::hostId)
                .containsExactly(hosts.two);
        assertThat(keyOn(hosts.two)).isEqualTo(OLD);
        hosts.report(hosts.two, "The key is wrong.");
        Eventually.holds(() -> keyOn(hosts.two).equals(NEW));
        Eventually.holds(() -> storage.pool(pool.id()).hosts().stream().noneMatch(PoolView.OnHost::outdated));
    }

    @Test
    void aHostThatIsGoneWithoutAWordDoesNotHoldUpTheOthers() {
        hosts.faults.refuse("change pool 2", FailureCode.UNAVAILABLE, "Nobody answers.");
        change(newKey());
        assertThat(keyOn(hosts.one)).isEqualTo(NEW);
        hosts.report(hosts.two, null);
        Eventually.holds(() -> keyOn(hosts.two).equals(NEW));
    }

    @Test
    void whatNobodyCanTryIsNotStored() {
        hosts.faults.refuse("change pool 1", FailureCode.UNAVAILABLE, "Nobody answers.");
        hosts.down.add(hosts.two);
        assertRefused(FailureCode.UNAVAILABLE, () -> change(newKey()));
        assertThat(storage.pool(pool.id()).version()).isEqualTo(pool.version());
    }

    @Test
    void whereTheDataIsStaysAndNoHostIsAsked() {
        assertRefused(FailureCode.INVALID, "settings.place", () -> change(settings(Map.of("place", "there"), null)));
        assertThat(hosts.faults.operations("change pool 1")).isEmpty();
    }

    @Test
    void aNameIsChangedWithoutAskingHostsAndIsNotTakenTwice() {
        assertThat(change(renamed("p2")).name()).isEqualTo("p2");
        assertThat(hosts.effects).isEmpty();
        storage.createPool("p1");
        assertRefused(FailureCode.CONFLICT, "name", () -> change(renamed("P1")));
        var both = new StorageApi.ChangePool(
                pool.id(), null, "p1", Map.of("servers", "z"), List.of(), Map.of(), List.of());
        assertRefused(FailureCode.CONFLICT, "name", () -> change(both));
        assertThat(serversOn(hosts.one)).isEqualTo("a");
    }

    @Test
    void whoHasNotSeenTheLastChangeMakesNone() {
        change(settings(Map.of("servers", "b"), pool.version()));
        assertRefused(FailureCode.STALE_VERSION, () -> change(settings(Map.of("servers", "c"), pool.version())));
        assertThat(serversOn(hosts.one)).isEqualTo("b");
    }

    @Test
    void ofTwoAtOnceOneChangesItAndNoHostHasAnotherThingThanTheDatabase() {
        var outcomes = AtOnce.ask(4, i -> change(settings(Map.of("servers", "s" + i), pool.version())));
        assertThat(AtOnce.results(outcomes)).hasSize(1);
        String stored = storage.pool(pool.id()).settings().get("servers");
        assertThat(serversOn(hosts.one)).isEqualTo(stored);
        assertThat(serversOn(hosts.two)).isEqualTo(stored);
    }

    @Test
    void aHostThatReportsWhileItTriesIsLeftAlone() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        hosts.faults.beforeAnswer = name -> {
            if (name.equals("change pool 2")) {
                tried.countDown();
                awaitHeld();
            }
        };
        Thread asker = Thread.ofVirtual().start(() -> change(newKey()));
        tried.await();
        // Both are asked at once: the other one may not have taken it yet.
        Eventually.holds(() -> hosts.effects.contains("change pool 1"));
        hosts.report(hosts.one, null);
        Eventually.holds(() -> storage.pool(pool.id()).hosts().stream()
                .anyMatch(host -> host.hostId().equals(hosts.one) && host.outdated()));
        assertThat(keyOn(hosts.one)).isEqualTo(NEW);
        held.countDown();
        asker.join();
        assertThat(hosts.effects).containsExactlyInAnyOrder("change pool 1", "change pool 2");
    }

    @Test
    void whatAProcessLeftThatDiedIsBroughtBackByTheNextReport() {
        hosts.faults.beforeAnswer = name -> {
            if (name.equals("change pool 2") && held.getCount() > 0) {
                awaitHeld();
                throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
            }
        };
        Thread.ofVirtual().start(() -> assertRefused(FailureCode.CANCELLED, () -> change(newKey())));
        Eventually.holds(() -> hosts.effects.contains("change pool 1") && hosts.effects.contains("change pool 2"));
        hosts.leave(storage.plane.bus());
        hosts.faults.beforeAnswer = name -> {};
        try (StorageProcess second = StorageProcess.start(hosts, address, TaskObserver.NONE)) {
            second.plane
                    .controlPlane()
                    .database()
                    .update("update storage.pool_changes set ends_at = now() - interval '1 second'");
            hosts.report(hosts.one, null);
            hosts.report(hosts.two, null);
            Eventually.holds(
                    () -> keyOn(hosts.one).equals(OLD) && keyOn(hosts.two).equals(OLD));
            change(second, newKey());
            assertThat(keyOn(hosts.one)).isEqualTo(NEW);
        }
    }

    private static void change(StorageProcess by, StorageApi.ChangePool change) {
        by.ask(StorageApi.CHANGE_POOL, change);
    }

    private void awaitHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
