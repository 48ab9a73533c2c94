package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Topic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What hosts measure of themselves and their guests. */
public final class StatisticsApi {
    /** How often is measured. */
    public static final int INTERVAL_SECONDS = 5;

    /** What a host kept, in as many messages as it takes. */
    public static final HostAddress<Read, Columns> READ =
            HostAddress.reading("host.statistics.read", Read.class, Columns.class);

    /** Has a host bring to itself what another one kept of a guest that came from there; what it measured itself stays. */
    public static final HostAddress<Bring, Nothing> BRING =
            HostAddress.changing("host.statistics.bring", Bring.class, Nothing.class);

    /** Published after each measurement, in messages of some subjects each. */
    public static final Topic<Sample> SAMPLED = new Topic<>("host.sampled", Sample.class);

    private StatisticsApi() {}

    /**
     * @param vmId absent: the host itself
     * @param fromSeconds since 1970, as all times here
     * @param resolutionSeconds 5, 60 or 900; absent: the finest that was kept for so long
     * @param firstSeries how many series earlier messages brought
     */
    public record Read(
            @Nullable UUID vmId,
            long fromSeconds,
            long untilSeconds,
            @Nullable Integer resolutionSeconds,
            int firstSeries) {}

    public record Bring(UUID vmId, UUID fromHostId) {}

    /**
     * Means over each step; of counters, what each second brought.
     *
     * @param fromSeconds when the first step begins
     * @param count how many steps there are, as many as numbers in each series; 1,500 at most
     * @param series some of all, in the order of their names
     * @param seriesCount how many series there are in all
     * @param problem why guests cannot be measured now
     */
    public record Columns(
            long fromSeconds,
            long stepSeconds,
            int count,
            List<Series> series,
            int seriesCount,
            @Nullable String problem) {
        public Columns {
            series = List.copyOf(series);
        }
    }

    /** @param name as {@link Measure#series} or {@link Measure#of} make it */
    public record Series(String name, PackedNumbers floats) {}

    /**
     * Some subjects of one measurement.
     *
     * @param atSeconds when it was
     * @param shapes which series the subjects have; many have the same
     */
    public record Sample(UUID hostId, String hostName, long atSeconds, List<Shape> shapes, List<Subject> subjects) {
        public Sample {
            shapes = List.copyOf(shapes);
            subjects = List.copyOf(subjects);
        }
    }

    public record Shape(List<String> series) {
        public Shape {
            series = List.copyOf(series);
        }
    }

    /**
     * One guest, or the host.
     *
     * @param vmId absent: the host itself
     * @param shape which of the message's shapes it has
     * @param counted doubles: counters as they stand, the rest as it is
     * @param current floats: of counters what each second brought, NaN where that is not known
     */
    public record Subject(@Nullable UUID vmId, int shape, PackedNumbers counted, PackedNumbers current) {}
}
