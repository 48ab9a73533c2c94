package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.ToolException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a tool of Ceph failed, in the SPI's words. The tools name an errno, in their message and mostly as exit code too; see
 * errno(3).
 */
final class CephFailure {
    private static final int UNKNOWN = 0;
    private static final int NOT_PERMITTED = 1;
    private static final int NO_ENTRY = 2;
    private static final int ACCESS = 13;
    private static final int BUSY = 16;
    private static final int EXISTS = 17;
    private static final int NO_SPACE = 28;
    private static final int NOT_EMPTY = 39;
    private static final int SHUT_DOWN = 108;
    private static final int TIMED_OUT = 110;
    private static final int QUOTA = 122;

    /** In {@code (2) No such file} and in {@code [errno 110] RADOS timed out}. */
    private static final Pattern ERRNO = Pattern.compile("(?:\\(|\\[errno )(\\d{1,3})[)\\]] ");
    /** The daemons' own way of logging, which is for those who know Ceph from inside. */
    private static final Pattern LOG_LINE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*|\\s*");

    private CephFailure() {}

    /**
     * {@code NOT_FOUND} for what is not there, {@code CONFLICT} for what is there, in use or not empty, {@code NO_SPACE},
     * {@code TIMEOUT}, {@code INVALID} for a user or key that the monitors refuse, else {@code FAILED}.
     */
    static StorageException of(String command, ClusterAddress address, Duration patience, ToolException e) {
        return switch (e.kind()) {
            case NOT_RUN ->
                new StorageException(
                        Reason.FAILED, e.getMessage() + ". Install ceph-common on this host.", Map.of(), e);
            case KILLED ->
                timeout("Ceph did not end \"" + command + "\" within " + patience.toSeconds() + " s", address, e);
            case FAILED -> ended(command, address, e);
        };
    }

    private static StorageException ended(String command, ClusterAddress address, ToolException e) {
        String said = "Ceph refused \"" + command + "\": " + lastLine(e);
        int errno = errno(e);
        // Messenger v2 goes on asking until its time is over, and tells the reason in its log only.
        if (errno == ACCESS || e.errorOutput().contains("handle_auth_bad_method")) {
            return denied(address, e);
        }
        return switch (errno) {
            case NO_ENTRY -> new StorageException(Reason.NOT_FOUND, said, Map.of(), e);
            case BUSY, EXISTS, NOT_EMPTY -> new StorageException(Reason.CONFLICT, said, Map.of(), e);
            case NO_SPACE, QUOTA -> new StorageException(Reason.NO_SPACE, said, Map.of(), e);
            case TIMED_OUT, SHUT_DOWN -> timeout(said, address, e);
            case NOT_PERMITTED ->
                new StorageException(
                        Reason.FAILED,
                        said + ". The user client." + address.user() + " needs the capabilities \"profile rbd pool="
                                + address.pool() + "\".",
                        Map.of(),
                        e);
            default -> new StorageException(Reason.FAILED, said, Map.of(), e);
        };
    }

    private static StorageException denied(ClusterAddress address, ToolException e) {
        return new StorageException(
                Reason.INVALID,
                "The Ceph cluster does not let the user client." + address.user()
                        + " in. Compare the user and the key with \"ceph auth get client." + address.user() + "\".",
                Map.of("field", "settings." + ClusterAddress.KEY),
                e);
    }

    private static StorageException timeout(String said, ClusterAddress address, ToolException e) {
        String why = e.errorOutput().contains("couldn't connect to the cluster")
                        || e.errorOutput().contains("error connecting to the cluster")
                ? "No monitor of " + MonitorList.text(address.monitors()) + " let client." + address.user()
                        + " in: they cannot be reached from this host, or the user or the key is wrong."
                : "A part of the cluster is away; see \"ceph -s\". Whether it was done is unknown.";
        return new StorageException(Reason.TIMEOUT, said + ". " + why, Map.of(), e);
    }

    /** The last one named; else the exit code, unless it is the 1 that says nothing. */
    private static int errno(ToolException e) {
        int last = e.exitCode() == NOT_PERMITTED ? UNKNOWN : e.exitCode();
        Matcher named = ERRNO.matcher(lastLine(e));
        while (named.find()) {
            last = Integer.parseInt(named.group(1));
        }
        return last;
    }

    private static String lastLine(ToolException e) {
        return e.errorOutput()
                .lines()
                .filter(line -> !LOG_LINE.matcher(line).matches())
                .reduce("it ended with code " + e.exitCode(), (a, b) -> b);
    }
}
