package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools as they are made, and as hosts report them. */
class PoolsIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);

    @AfterEach
    void stop() {
        storage.close();
    }

    @Test
    void aPoolIsOpenedOnEveryHostAndShown() {
        PoolView pool = storage.createPool("p1");
        assertThat(pool.state()).isEqualTo(PoolView.State.READY);
        assertThat(pool.settings()).containsEntry("path", "/pools/p1");
        assertThat(pool.capacityBytes()).isEqualTo(2 * FakeHosts.CAPACITY);
        assertThat(pool.hosts()).extracting(PoolView.OnHost::hostId).containsExactlyInAnyOrder(hosts.one, hosts.two);
        assertThat(hosts.effects).containsExactly("open pool 1", "open pool 2");
        assertThat(storage.pools()).containsExactly(pool);
        assertThat(storage.plane.changes()).containsExactly("pool CREATED");
    }

    @Test
    void aPathThatTheHostRefusesLeavesNothing() {
        hosts.faults.refuse("open pool 1", FailureException.invalid("path", "/etc is not a folder for a pool."));
        assertRefused(FailureCode.INVALID, "path", () -> storage.createPool("p1"));
        assertNothingLeft();
        assertThat(storage.createPool("p1").state()).isEqualTo(PoolView.State.READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"STORAGE", "CONFLICT", "UNAVAILABLE", "TIMEOUT", "INTERNAL"})
    void whatOneHostCannotNoHostHas(FailureCode code) {
        hosts.faults.refuse("open pool 2", code, "Not here.");
        assertRefused(code, () -> storage.createPool("p1"));
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(storage.pools()).isEmpty();
        assertThat(hosts.pools(hosts.one)).isEmpty();
        assertThat(hosts.pools(hosts.two)).isEmpty();
    }

    @Test
    void anAnswerThatWasLostLeavesNothingAndTheSameRequestAgainWorks() {
        Caller caller = TestControlPlane.caller();
        hosts.faults.loseAnswer("open pool 2");
        assertRefused(FailureCode.TIMEOUT, () -> storage.createPool("p1", caller));
        assertNothingLeft();
        PoolView pool = storage.createPool("p1", caller);
        assertThat(hosts.pools(hosts.one)).containsExactly(pool.id());
        assertThat(hosts.pools(hosts.two)).containsExactly(pool.id());
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        storage.createPool("p1");
        assertRefused(FailureCode.CONFLICT, "name", () -> storage.createPool("P1"));
        assertThat(hosts.effects).containsExactly("open pool 1", "open pool 2");
    }

    @Test
    void ofTwoClientsWithOneNameOneGetsItAndTheOtherLeavesNothing() {
        var outcomes = AtOnce.ask(6, i -> storage.createPool("p1"));
        PoolView pool = AtOnce.results(outcomes).getFirst();
        assertThat(AtOnce.results(outcomes)).hasSize(1);
        assertThat(AtOnce.failures(outcomes)).hasSize(5).allSatisfy(e -> assertThat(e)
                .hasMessageContaining("already a pool called p1"));
        assertThat(hosts.pools(hosts.one)).containsExactly(pool.id());
        assertThat(hosts.pools(hosts.two)).containsExactly(pool.id());
    }

    @Test
    void theSameRequestAtTheSameMomentIsOnePool() {
        Caller caller = TestControlPlane.caller();
        var outcomes = AtOnce.ask(8, i -> storage.createPool("p1", caller));
        assertThat(AtOnce.failures(outcomes)).isEmpty();
        assertThat(AtOnce.results(outcomes)).extracting(PoolView::id).containsOnly(caller.operationId());
        assertThat(storage.pools()).hasSize(1);
        assertThat(hosts.pools(hosts.one)).containsExactly(caller.operationId());
    }

    @Test
    void aHostThatIsNamedTwiceIsOneHost() {
        PoolView pool = storage.createPool("p1", hosts.one, hosts.one);
        assertThat(pool.hosts()).hasSize(1);
        assertThat(hosts.pools(hosts.two)).isEmpty();
    }

    @Test
    void aHostThatIsNotThereGetsNoPool() {
        assertRefused(
                FailureCode.UNAVAILABLE,
                () -> storage.createPool("p1", hosts.one, UUID.nameUUIDFromBytes(new byte[1])));
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", "a b", "ä", "../x", "a\u0000b", "a\nb", "a/b", "TEN THOUSAND"})
    void aNameThatNobodyCouldTypeIsRefusedBeforeAHostIsAsked(String name) {
        String text = name.startsWith("TEN") ? "x".repeat(10_000) : name;
        assertRefused(FailureCode.INVALID, "name", () -> storage.createPool(text));
        assertThat(hosts.faults.untouched()).isTrue();
    }

    @Test
    void aPoolThatOneHostCannotUseIsDegradedAndThenUnavailable() {
        PoolView pool = storage.createPool("p1");
        hosts.report(hosts.two, "The disk is gone.");
        PoolView degraded = eventually(pool.id(), PoolView.State.DEGRADED);
        assertThat(degraded.capacityBytes()).isEqualTo(FakeHosts.CAPACITY);
        assertThat(degraded.hosts())
                .filteredOn(h -> h.hostId().equals(hosts.two))
                .allSatisfy(h -> assertThat(h.report().problem()).isEqualTo("The disk is gone."));
        hosts.report(hosts.one, "The disk is gone.");
        eventually(pool.id(), PoolView.State.UNAVAILABLE);
        assertThatThrownBy(() -> storage.createVolume(pool.id(), "v1")).hasMessageContaining("not usable on any host");
        hosts.report(hosts.one, null);
        hosts.report(hosts.two, null);
        eventually(pool.id(), PoolView.State.READY);
        assertThat(storage.plane.changes()).contains("pool CHANGED");
    }

    private PoolView eventually(UUID id, PoolView.State state) {
        return Eventually.get(() -> storage.pool(id), pool -> pool.state() == state);
    }

    @Test
    void aHostThatForgotItsPoolGetsItAgain() {
        PoolView pool = storage.createPool("p1");
        hosts.pools(hosts.one).clear();
        hosts.report(hosts.one, null);
        Eventually.holds(() -> hosts.pools(hosts.one).contains(pool.id()));
    }

    @Test
    void aPoolThatCannotBeOpenedAgainHoldsUpNoOther() {
        PoolView first = storage.createPool("p1");
        PoolView second = storage.createPool("p2");
        hosts.pools(hosts.one).clear();
        hosts.faults.refuse("open pool 1", FailureCode.STORAGE, "The disk is gone.");
        hosts.report(hosts.one, null);
        Eventually.holds(() -> !hosts.pools(hosts.one).isEmpty());
        assertThat(hosts.pools(hosts.one)).isSubsetOf(first.id(), second.id());
    }

    /** For instance one that a host opened after everybody had given up waiting for it. */
    @Test
    void aHostDropsAPoolThatIsNotItsOwn() {
        PoolView pool = storage.createPool("p1", hosts.one);
        hosts.pools(hosts.two).add(pool.id());
        hosts.report(hosts.two, null);
        Eventually.holds(() -> hosts.pools(hosts.two).isEmpty());
        assertThat(hosts.pools(hosts.one)).containsExactly(pool.id());
        assertThat(storage.pool(pool.id()).state()).isEqualTo(PoolView.State.READY);
    }

    @Test
    void aPoolThatIsBeingTriedIsNotDropped() {
        hosts.faults.beforeAnswer = name -> {
            if (name.equals("open pool 2")) {
                hosts.report(hosts.one, null);
                hosts.report(hosts.one, "Sentinel.");
            }
        };
        UUID other = storage.createPool("p0", hosts.one).id();
        PoolView pool = storage.createPool("p1");
        Eventually.holds(() ->
                Objects.equals(storage.pool(other).hosts().getFirst().report().problem(), "Sentinel."));
        assertThat(hosts.pools(hosts.one)).containsExactlyInAnyOrder(other, pool.id());
        assertThat(hosts.effects).doesNotContain("close pool 1");
    }
}
