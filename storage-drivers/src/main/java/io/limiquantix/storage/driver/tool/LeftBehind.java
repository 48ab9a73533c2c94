package io.limiquantix.storage.driver.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tools whose parent was killed: they go on writing into what its successor takes for half made. Found by their environment,
 * see proc_pid_environ(5).
 */
public final class LeftBehind {
    private static final System.Logger LOG = System.getLogger(LeftBehind.class.getName());

    private LeftBehind() {}

    /**
     * Kills every tool of the owner but those of this process, and waits until they are gone. One that hangs in its storage
     * dies when that answers.
     */
    public static void kill(String owner, Duration patience) {
        List<ProcessHandle> tools = ProcessHandle.allProcesses()
                .filter(process -> isOf(process, owner) && !isOurs(process))
                .toList();
        for (ProcessHandle tool : tools) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "killing a tool that an earlier process left: " + tool.pid() + " "
                            + tool.info().commandLine().orElse(""));
            tool.destroyForcibly();
        }
        await(tools, patience);
    }

    private static boolean isOurs(ProcessHandle process) {
        return ProcessHandle.current().descendants().anyMatch(process::equals);
    }

    private static boolean isOf(ProcessHandle process, String owner) {
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            String text = Files.readString(environment, StandardCharsets.ISO_8859_1);
            return List.of(text.split("\0")).contains(ProcessTool.OWNER + "=" + owner);
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException e) {
            // It ended just now, or is another user's and so none of ours.
            LOG.log(System.Logger.Level.DEBUG, () -> environment + " cannot be read", e);
            return false;
        }
    }

    private static void await(List<ProcessHandle> tools, Duration patience) {
        try {
            CompletableFuture.allOf(tools.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a tool that an earlier process left does not end: its storage hangs",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("waiting for a process cannot fail", e);
        }
    }
}
