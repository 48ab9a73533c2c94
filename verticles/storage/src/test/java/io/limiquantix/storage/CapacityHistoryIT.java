package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.CapacityOverTime;
import io.limiquantix.bus.storage.CapacityOverTime.Period;
import io.limiquantix.bus.storage.CapacityOverTime.Sample;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How full a pool was, as people ask for it later. */
class CapacityHistoryIT {
    /** The samples of a test are taken as if it were then; a day begins there, by the clock of the world. */
    private static final Instant THEN = Instant.parse("2026-03-01T00:00:00Z");

    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final Database database = storage.plane.controlPlane().database();
    private UUID pool = Uuid7.next();

    @BeforeEach
    void create() {
        pool = storage.createPool("p1").id();
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private CapacityHistory at(Instant when) {
        return new CapacityHistory(database, Clock.fixed(when, ZoneOffset.UTC));
    }

    private void record(Instant when) {
        at(when).record(List.of(pool));
    }

    private List<Sample> samples(Period period, Instant now) {
        return at(now).overTime(new StorageApi.PoolPeriod(pool, period)).samples();
    }

    private void used(int percent) {
        hosts.freePercent = 100 - percent;
        hosts.report(hosts.one, null);
        hosts.report(hosts.two, null);
        Eventually.holds(() -> {
            var view = storage.pool(pool);
            return Math.abs(view.freeBytes() - view.capacityBytes() / 100 * (100 - percent)) < 1000;
        });
    }

    private CapacityOverTime asked() {
        return storage.plane
                .bus()
                .request(
                        StorageApi.CAPACITY_OVER_TIME,
                        new StorageApi.PoolPeriod(pool, Period.DAY),
                        TestControlPlane.caller());
    }

    @Test
    void whatHostsReportIsThereToBeSeen() {
        hosts.report(hosts.one, null);
        hosts.report(hosts.two, null);
        CapacityOverTime seen = Eventually.get(
                this::asked, over -> over.samples().stream().anyMatch(s -> s.totalBytes() == 2 * FakeHosts.CAPACITY));
        assertThat(seen.spacingSeconds()).isEqualTo(300);
        assertThat(seen.samples().getLast().usedBytes())
                .isBetween(FakeHosts.CAPACITY / 100 * 99, FakeHosts.CAPACITY / 100 * 101);
    }

    @Test
    void manyWhoReportAtOnceMakeOneSample() throws Exception {
        Callable<Boolean> report = () -> {
            record(THEN.plusSeconds(7));
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done :
                    threads.invokeAll(List.of(report, report, report, report, report, report, report, report))) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(samples(Period.DAY, THEN.plusSeconds(60)))
                .extracting(Sample::at)
                .containsExactly(THEN);
    }

    @Test
    void aTimeWithoutReportsIsAGap() {
        record(THEN);
        record(THEN.plus(Duration.ofMinutes(5)));
        record(THEN.plus(Duration.ofMinutes(40)));
        hosts.report(hosts.one, "The disk is gone.");
        hosts.report(hosts.two, "The disk is gone.");
        Eventually.holds(() -> storage.pool(pool).capacityBytes() == 0);
        record(THEN.plus(Duration.ofMinutes(45)));
        assertThat(samples(Period.DAY, THEN.plus(Duration.ofHours(1))))
                .extracting(Sample::at)
                .containsExactly(THEN, THEN.plus(Duration.ofMinutes(5)), THEN.plus(Duration.ofMinutes(40)));
    }

    @Test
    void aLongerPeriodShowsTheFullestOfEachStretchAlsoWhenItIsOld() {
        Instant peak = THEN.plus(Duration.ofMinutes(20));
        record(THEN);
        used(90);
        record(peak);
        used(30);
        record(THEN.plus(Duration.ofMinutes(40)));
        Instant soon = THEN.plus(Duration.ofHours(1));
        assertThat(samples(Period.DAY, soon)).hasSize(3);
        List<Sample> week = samples(Period.WEEK, soon);
        assertThat(week).hasSize(1);
        assertThat(week.getFirst().at()).isEqualTo(THEN);
        assertThat(week.getFirst().usedBytes()).isGreaterThan(week.getFirst().totalBytes() / 100 * 85);

        Instant later = THEN.plus(Duration.ofDays(3));
        new CapacityThinning(database, Clock.fixed(later, ZoneOffset.UTC)).round();
        assertThat(samples(Period.WEEK, later)).isEqualTo(week);
        assertThat(samples(Period.DAY, soon)).extracting(Sample::at).containsExactly(peak);
        Instant muchLater = THEN.plus(Duration.ofDays(800));
        new CapacityThinning(database, Clock.fixed(muchLater, ZoneOffset.UTC)).round();
        assertThat(samples(Period.DAY, soon)).isEmpty();
    }

    @Test
    void aPeriodIsNeverMoreThanAChartCanShow() {
        for (Period period : Period.values()) {
            CapacityWindow window = CapacityWindow.of(period, THEN.plusSeconds(1));
            long most = Duration.between(window.from(), window.until()).dividedBy(window.spacing()) + 1;
            assertThat(most).isBetween(100L, 400L);
        }
    }

    @Test
    void aPoolThatIsGoneHasNoPast() {
        record(THEN);
        storage.deletePool(pool);
        assertThatThrownBy(this::asked).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.NOT_FOUND));
        record(THEN);
        assertThat(database.query("select pool_id from storage.capacity_samples", row -> row.uuid("pool_id")))
                .isEmpty();
    }
}
