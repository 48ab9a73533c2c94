package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a mounted file system how it is. A server that is gone makes whoever asks wait in the kernel, where not even a kill
 * reaches him; so a child process asks, and while one waits no other is sent.
 */
final class MountProbe {
    private static final Duration UNTIL_SOMEBODY_LOOKS = Duration.ofDays(1);

    private final Tool tool;
    private final Path point;
    private @Nullable FutureTask<Capacity> asking;

    MountProbe(Tool tool, Path point) {
        this.tool = tool;
        this.point = point;
    }

    /** The server has forgotten what was mounted. */
    static final class StaleException extends Exception {
        private static final long serialVersionUID = 1L;

        StaleException(Throwable cause) {
            super("the mounted files are stale", cause);
        }
    }

    /** @throws StorageException {@code FAILED} when there was no answer in this time */
    Capacity ask(Duration patience) throws StaleException {
        FutureTask<Capacity> question = question();
        try {
            Capacity answer = question.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            answered(question);
            return answer;
        } catch (TimeoutException e) {
            throw new StorageException(
                    Reason.FAILED,
                    "The NFS server does not answer; what was begun goes on when it is back.",
                    Map.of(),
                    e);
        } catch (ExecutionException e) {
            answered(question);
            throw said(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.TIMEOUT, "The look at the NFS server was interrupted.", Map.of(), e);
        }
    }

    /** For a guard. */
    boolean answers(Duration patience) {
        try {
            return ask(patience).totalBytes() >= 0;
        } catch (StaleException | StorageException _) {
            return false;
        }
    }

    private static StorageException said(ExecutionException e) throws StaleException {
        if (e.getCause() instanceof ToolException tool) {
            if (tool.errorOutput().contains("Stale file handle")) {
                throw new StaleException(tool);
            }
            return new StorageException(
                    Reason.FAILED, "The NFS export does not answer: " + tool.getMessage(), Map.of(), tool);
        }
        return new StorageException(Reason.FAILED, "The NFS export cannot be asked: " + e.getCause(), Map.of(), e);
    }

    private synchronized FutureTask<Capacity> question() {
        FutureTask<Capacity> now = asking;
        if (now == null) {
            now = new FutureTask<>(this::statistics);
            asking = now;
            Thread.ofVirtual().name("nfs-probe").start(now);
        }
        return now;
    }

    private synchronized void answered(FutureTask<Capacity> question) {
        if (asking == question) {
            asking = null;
        }
    }

    private Capacity statistics() {
        String[] numbers = tool.run(CommandLine.of("stat", "--file-system", "--format=%S %b %a", "--", point.toString())
                        .within(UNTIL_SOMEBODY_LOOKS))
                .strip()
                .split(" ", -1);
        long block = Long.parseLong(numbers[0]);
        return new Capacity(block * Long.parseLong(numbers[1]), block * Long.parseLong(numbers[2]));
    }
}
