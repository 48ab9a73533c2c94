package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolDeletionIT {
    private final FakeHosts hosts = new FakeHosts();
    private final DatabaseAddress address = StorageProcess.database();
    private final StorageProcess storage = StorageProcess.start(hosts, address, TaskObserver.NONE);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() {
        held.countDown();
        storage.close();
    }

    @Test
    void aDeletedPoolIsGoneEverywhereAndItsNameIsFree() {
        PoolView pool = storage.createPool("p1");
        storage.deletePool(pool.id());
        assertThat(storage.pools()).isEmpty();
        assertThat(hosts.pools(hosts.one)).isEmpty();
        assertThat(hosts.pools(hosts.two)).isEmpty();
        assertThat(storage.plane.changes()).endsWith("pool DELETED");
        assertRefused(FailureCode.NOT_FOUND, () -> storage.deletePool(pool.id()));
        storage.createPool("p1");
    }

    @Test
    void aPoolWithAVolumeStaysAndNoHostIsAsked() {
        PoolView pool = storage.createPool("p1", hosts.one);
        storage.madeVolume(pool.id(), "v1");
        assertThatThrownBy(() -> storage.deletePool(pool.id())).hasMessageContaining("p1 still holds 1 volumes");
        assertThat(hosts.faults.operations("close pool 1")).isEmpty();
        assertThat(storage.pool(pool.id()).state()).isEqualTo(PoolView.State.READY);
    }

    @Test
    void aPoolWithAnImageStaysUsableOnAllItsHosts() {
        PoolView pool = storage.createPool("p1");
        hosts.faults.refuse("close pool 2", FailureException.conflict("The pool still holds images."));
        assertThatThrownBy(() -> storage.deletePool(pool.id())).hasMessageContaining("still holds images");
        assertThat(storage.pool(pool.id()).state()).isEqualTo(PoolView.State.READY);
        assertThat(hosts.pools(hosts.one)).containsExactly(pool.id());
        assertThat(hosts.pools(hosts.two)).containsExactly(pool.id());
        storage.deletePool(pool.id());
        assertThat(storage.pools()).isEmpty();
    }

    @Test
    void aDeletionThatAHostMissesGoesOnWhenItIsThereAgain() {
        PoolView pool = storage.createPool("p1");
        hosts.faults.refuse("close pool 2", FailureCode.UNAVAILABLE, "Nobody answers.");
        assertThatThrownBy(() -> storage.deletePool(pool.id()))
                .hasMessageContaining("is being deleted")
                .hasMessageContaining("Nobody answers.");
        PoolView waiting = storage.pool(pool.id());
        assertThat(waiting.state()).isEqualTo(PoolView.State.UNAVAILABLE);
        assertThat(waiting.hosts())
                .allSatisfy(h -> assertThat(h.report().problem()).isEqualTo("The pool is being deleted."));
        assertRefused(FailureCode.CONFLICT, () -> storage.createVolume(pool.id(), "v1"));
        hosts.report(hosts.two, null);
        Eventually.holds(() -> storage.pools().isEmpty());
        assertThat(hosts.pools(hosts.two)).isEmpty();
    }

    @Test
    void aDeletionWhoseAnswerWasLostEndsWhenItIsAskedAgain() {
        PoolView pool = storage.createPool("p1");
        hosts.faults.loseAnswer("close pool 1");
        assertRefused(FailureCode.TIMEOUT, () -> storage.deletePool(pool.id()));
        storage.deletePool(pool.id());
        assertThat(storage.pools()).isEmpty();
        assertThat(hosts.effects).containsOnlyOnce("close pool 1").containsOnlyOnce("close pool 2");
    }

    /** A host that reports meanwhile must not get back what it was just made to give up. */
    @Test
    void aHostThatReportsDuringTheDeletionDoesNotGetThePoolAgain() {
        PoolView pool = storage.createPool("p1");
        hosts.faults.refuse("close pool 2", FailureCode.UNAVAILABLE, "Nobody answers.");
        assertRefused(FailureCode.UNAVAILABLE, () -> storage.deletePool(pool.id()));
        hosts.report(hosts.one, null);
        Eventually.holds(() -> storage.pools().isEmpty());
        assertThat(hosts.effects).containsOnlyOnce("open pool 1").containsOnlyOnce("open pool 2");
    }

    @Test
    void aDeletionWhoseProcessDiedIsFinishedByAnother() {
        UUID pool = storage.createPool("p1").id();
        hosts.faults.beforeAnswer = name -> {
            if (name.equals("close pool 1") && held.getCount() > 0) {
                awaitHeld();
                throw FailureException.of(FailureCode.CANCELLED, "A process that was thought dead woke up.");
            }
        };
        Thread asker =
                Thread.ofVirtual().start(() -> assertRefused(FailureCode.CANCELLED, () -> storage.deletePool(pool)));
        Eventually.holds(() -> hosts.effects.contains("close pool 1"));
        hosts.leave(storage.plane.bus());
        hosts.faults.beforeAnswer = name -> {};
        try (StorageProcess second = StorageProcess.start(hosts, address, TaskObserver.NONE)) {
            hosts.report(hosts.two, null);
            Eventually.holds(() -> second.pools().isEmpty());
        }
        assertThat(hosts.pools(hosts.one)).isEmpty();
        assertThat(hosts.pools(hosts.two)).isEmpty();
        assertThat(asker.isAlive()).isTrue();
    }

    private void awaitHeld() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoClientsMayDeleteAtOnce() {
        UUID pool = storage.createPool("p1").id();
        var outcomes = AtOnce.ask(4, i -> {
            storage.deletePool(pool);
            return true;
        });
        assertThat(AtOnce.results(outcomes)).isNotEmpty();
        assertThat(AtOnce.failures(outcomes)).allSatisfy(e -> assertThat(e).hasMessageContaining("There is no pool"));
        assertThat(storage.pools()).isEmpty();
        assertThat(hosts.pools(hosts.one)).isEmpty();
    }

    /** Whoever comes first: there is never a volume without its pool. */
    @Test
    void aVolumeThatIsMadeMeanwhileKeepsThePoolOrIsRefused() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        var outcomes = AtOnce.ask(2, i -> {
            if (i == 0) {
                storage.deletePool(pool);
            } else {
                storage.succeeded(storage.createVolume(pool, "v1"));
            }
            return true;
        });
        assertThat(AtOnce.results(outcomes)).hasSize(1);
        assertThat(storage.pools()).hasSameSizeAs(storage.volumes());
        assertThat(hosts.volumes).hasSameSizeAs(storage.volumes());
    }
}
