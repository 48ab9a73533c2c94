package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.PackedNumbers;
import io.limiquantix.bus.host.StatisticsApi.Columns;
import io.limiquantix.bus.host.StatisticsApi.Read;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.bus.host.StatisticsApi.Series;
import io.limiquantix.host.libvirt.DomainStatistics;
import io.limiquantix.host.libvirt.LibvirtConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this host measures, keeps and tells. */
public final class HostStatistics implements AutoCloseable {
    /** Numbers in one answer, so that it has room on the bus. */
    private static final int MOST_NUMBERS = 120_000;

    private final LibvirtConnection connection;
    private final NumberStore store;
    private final StatisticsSampler sampler;
    private final Clock clock;

    private HostStatistics(LibvirtConnection connection, NumberStore store, StatisticsSampler sampler, Clock clock) {
        this.connection = connection;
        this.store = store;
        this.sampler = sampler;
        this.clock = clock;
    }

    /**
     * Begins to measure.
     *
     * @param libvirt the address of libvirt
     * @param folder where the numbers are kept
     * @param publish is told each measurement; must not block
     */
    public static HostStatistics start(
            String libvirt, Path folder, StatisticsSampler.Subjects who, Clock clock, Consumer<Sample> publish) {
        LibvirtConnection connection = LibvirtConnection.to(libvirt, clock);
        connection.start();
        NumberStore store = NumberStore.in(folder);
        StatisticsSampler sampler = new StatisticsSampler(who, new DomainStatistics(connection), store, clock, publish);
        sampler.start();
        return new HostStatistics(connection, store, sampler, clock);
    }

    /** What was kept of a guest or of the host. */
    public Columns read(Read request) {
        return read(store, request, clock.instant().getEpochSecond(), sampler.problem());
    }

    static Columns read(NumberStore store, Read request, long now, @Nullable String problem) {
        Window window = Window.of(request.fromSeconds(), request.untilSeconds(), request.resolutionSeconds(), now);
        var columns = store.read(request.vmId(), window).merged(window.merged());
        List<Series> series = new ArrayList<>();
        int numbers = 0;
        for (Map.Entry<String, float[]> one :
                columns.series().entrySet().stream().skip(request.firstSeries()).toList()) {
            numbers += columns.count();
            if (numbers > MOST_NUMBERS && !series.isEmpty()) {
                break;
            }
            series.add(new Series(one.getKey(), PackedNumbers.ofFloats(one.getValue())));
        }
        return new Columns(
                window.fromSeconds(),
                window.stepSeconds(),
                columns.count(),
                series,
                columns.series().size(),
                problem);
    }

    /**
     * Takes what another host kept of a guest that came from there, where nothing of its own is known.
     *
     * @param other answers as {@link #read} of the other host does
     */
    public void bring(UUID vmId, Function<Read, Columns> other) {
        new BroughtNumbers(vmId, clock.instant().getEpochSecond(), other, store).bring();
    }

    @Override
    public void close() {
        sampler.close();
        connection.close();
    }
}
