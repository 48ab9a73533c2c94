package io.limiquantix.host.statistics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One subject's numbers of the last day by minutes and of the last 30 days by quarters of an hour, in two files. Quarters are
 * made of the minutes in the file, so that a process that dies loses the minute that was under way and nothing else.
 */
final class KeptNumbers {
    static final int MINUTE = 60;
    static final int QUARTER = 900;
    static final int MINUTES_IN_QUARTER = QUARTER / MINUTE;
    static final int MINUTES_KEPT = 24 * 60;
    static final int QUARTERS_KEPT = 30 * 24 * 4;

    private final Path minuteFile;
    private final Path quarterFile;
    private final RingFile minutes;
    private final RingFile quarters;
    private long newestMinute = -1;
    private long newestQuarter = -1;

    /** @param name of both files, without their endings */
    KeptNumbers(Path folder, String name) throws IOException {
        this.minuteFile = folder.resolve(name + ".minutes");
        this.quarterFile = folder.resolve(name + ".quarters");
        this.minutes = new RingFile(minuteFile, MINUTES_KEPT);
        this.quarters = new RingFile(quarterFile, QUARTERS_KEPT);
        this.newestMinute = minutes.newest();
        this.newestQuarter = quarters.newest();
    }

    /** @param minute since 1970; one that is over */
    synchronized void keep(long minute, Map<String, Float> means) throws IOException {
        closeQuarters(minute / MINUTES_IN_QUARTER);
        if (!means.isEmpty()) {
            minutes.write(minute, means);
            newestMinute = Math.max(newestMinute, minute);
        }
        closeQuarters((minute + 1) / MINUTES_IN_QUARTER);
    }

    /** Makes a quarter of the newest minutes when that is over and not kept yet. */
    private void closeQuarters(long now) throws IOException {
        long quarter = newestMinute / MINUTES_IN_QUARTER;
        if (newestMinute >= 0 && quarter < now && quarter > newestQuarter) {
            quarters.write(quarter, quarter(quarter));
            newestQuarter = quarter;
        }
    }

    private Map<String, Float> quarter(long quarter) throws IOException {
        return minutes.read(quarter * MINUTES_IN_QUARTER, MINUTES_IN_QUARTER).means();
    }

    synchronized Columns readMinutes(long first, int count) throws IOException {
        return minutes.read(first, count);
    }

    /** The quarter that is under way is of the minutes that are there. */
    synchronized Columns readQuarters(long first, int count) throws IOException {
        Columns columns = quarters.read(first, count);
        long underWay = newestMinute / MINUTES_IN_QUARTER;
        long index = underWay - first;
        if (newestMinute >= 0 && underWay > newestQuarter && index >= 0 && index < count) {
            quarter(underWay).forEach((name, mean) -> columns.set(name, (int) index, mean));
        }
        return columns;
    }

    /** Takes minutes of others where it has none. */
    synchronized void fillMinutes(long first, Columns others) throws IOException {
        minutes.fill(first, others);
        newestMinute = minutes.newest();
    }

    /** Takes quarters of others where it has none. */
    synchronized void fillQuarters(long first, Columns others) throws IOException {
        quarters.fill(first, others);
        newestQuarter = quarters.newest();
    }

    synchronized void delete() throws IOException {
        Files.deleteIfExists(minuteFile);
        Files.deleteIfExists(quarterFile);
    }
}
