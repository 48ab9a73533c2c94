package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.StatisticsApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** All that is kept of one guest, or of the host: each 5 s of an hour, each minute of a day, each quarter of an hour of 30 days. */
final class SubjectNumbers {
    private static final int STEP = StatisticsApi.INTERVAL_SECONDS;
    private static final int STEPS_IN_MINUTE = KeptNumbers.MINUTE / STEP;
    static final int STEPS_KEPT = 3600 / STEP;

    private final RecentNumbers recent = new RecentNumbers(STEPS_KEPT);
    private final KeptNumbers kept;
    private long nextMinute = -1;

    SubjectNumbers(KeptNumbers kept) {
        this.kept = kept;
    }

    void note(long second, Map<String, Double> current) {
        recent.note(second / STEP, current);
    }

    /** Puts the minutes that are over by now into the files; those of the last hour that were not put there yet. */
    void keepUntil(long second) throws IOException {
        long now = second / KeptNumbers.MINUTE;
        long oldest = now - STEPS_KEPT / STEPS_IN_MINUTE + 1;
        long from = nextMinute < 0 ? now - 1 : Math.max(nextMinute, oldest);
        for (long minute = from; minute < now; minute++) {
            kept.keep(minute, meansOf(minute));
            nextMinute = minute + 1;
        }
        recent.forgetBefore(second / STEP - STEPS_KEPT);
    }

    private Map<String, Float> meansOf(long minute) {
        return recent.read(minute * STEPS_IN_MINUTE, STEPS_IN_MINUTE).means();
    }

    /** @throws UncheckedIOException when the files cannot be read */
    Columns read(Window window) {
        try {
            return switch (window.level()) {
                case RECENT -> recent.read(window.first(), window.count());
                case MINUTES -> withMinuteUnderWay(window, kept.readMinutes(window.first(), window.count()));
                case QUARTERS -> kept.readQuarters(window.first(), window.count());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("What was measured cannot be read from this host's disk.", e);
        }
    }

    /**
     * Takes numbers of others where it has none.
     *
     * @param first of them, in the level's steps since 1970
     * @throws UncheckedIOException when the files cannot be read or written
     */
    void fill(Window.Level level, long first, Columns others) {
        try {
            switch (level) {
                case RECENT -> recent.fill(first, others);
                case MINUTES -> kept.fillMinutes(first, others);
                case QUARTERS -> kept.fillQuarters(first, others);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What another host measured cannot be kept on this host's disk.", e);
        }
    }

    private Columns withMinuteUnderWay(Window window, Columns columns) {
        int last = window.count() - 1;
        if (last >= 0 && columns.row(last).isEmpty()) {
            meansOf(window.first() + last).forEach((name, mean) -> columns.set(name, last, mean));
        }
        return columns;
    }

    void delete() throws IOException {
        kept.delete();
    }
}
