package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Read;
import io.limiquantix.host.statistics.Window.Level;
import java.util.UUID;
import java.util.function.Function;

/** What another host kept of a guest, level by level, in as many questions as it takes. */
final class BroughtNumbers {
    private final UUID vmId;
    private final long now;
    private final Function<Read, StatisticsApi.Columns> other;
    private final NumberStore store;

    /** @param other answers as the other host does */
    BroughtNumbers(UUID vmId, long now, Function<Read, StatisticsApi.Columns> other, NumberStore store) {
        this.vmId = vmId;
        this.now = now;
        this.other = other;
        this.store = store;
    }

    void bring() {
        for (Level level : Level.values()) {
            // So few that the other host merges no steps.
            long window = Math.min(level.keptSeconds(), (long) Window.MOST_POINTS / 2 * level.seconds());
            for (long until = now; until > now - level.keptSeconds(); until -= window) {
                bring(level, until - window + level.seconds(), until);
            }
        }
    }

    private void bring(Level level, long from, long until) {
        int brought = 0;
        StatisticsApi.Columns columns;
        do {
            columns = other.apply(new Read(vmId, from, until, level.seconds(), brought));
            if (columns.count() > 0 && columns.stepSeconds() == level.seconds()) {
                store.fill(vmId, level, columns.fromSeconds() / level.seconds(), unpacked(columns));
            }
            brought += columns.series().size();
        } while (!columns.series().isEmpty() && brought < columns.seriesCount());
    }

    private static Columns unpacked(StatisticsApi.Columns packed) {
        Columns columns = new Columns(packed.count());
        packed.series().forEach(one -> {
            float[] numbers = one.floats().floats();
            for (int i = 0; i < packed.count(); i++) {
                columns.set(one.name(), i, numbers[i]);
            }
        });
        return columns;
    }
}
