package io.limiquantix.storage.driver.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs command lines as child processes in the C locale, so that messages read the same everywhere. */
public final class ProcessTool implements Tool {
    /** What those that write by themselves carry in their environment, so that they are known when their parent is gone. */
    static final String OWNER = "LIMIQUANTIX_TOOL_OF";

    /** Others may start a daemon that is to outlive them, as mount.nfs(8) and lvm(8) do, and would hand this on. */
    private static final Set<String> WRITERS = Set.of("qemu-img", "rbd", "rados", "blkdiscard");

    private static final System.Logger LOG = System.getLogger(ProcessTool.class.getName());
    private static final int MAX_OUTPUT = 4 << 20;
    private static final int MAX_ERROR_OUTPUT = 4 << 10;
    private static final int GRACE_SECONDS = 5;
    private static final int DYING_MILLIS = 500;
    private static final int PIECE = 4 << 10;

    private final String owner;

    /** For tools that nobody needs to find again. */
    public ProcessTool() {
        this("nobody");
    }

    /** @param owner whose tools they are; of all processes of a machine, one runs tools for it at a time */
    public ProcessTool(String owner) {
        this.owner = owner;
    }

    @Override
    public String run(CommandLine command) {
        Process process = start(command);
        try {
            return await(command, process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(
                    ToolException.Kind.KILLED, command.program() + " was interrupted.", "", ToolException.NO_EXIT_CODE);
        } finally {
            kill(process);
        }
    }

    private Process start(CommandLine command) {
        ProcessBuilder builder = new ProcessBuilder(command.vector());
        builder.environment().put("LC_ALL", "C");
        if (WRITERS.contains(command.program())) {
            builder.environment().put(OWNER, owner);
        }
        try {
            Process process = builder.start();
            if (command.passage() == null) {
                feed(command, process);
            }
            return process;
        } catch (IOException e) {
            throw new ToolException(command.program() + " cannot be run: " + e.getMessage(), e);
        }
    }

    /** A tool that ends without reading its input says why by its exit code. */
    private static void feed(CommandLine command, Process process) {
        try (OutputStream input = process.getOutputStream()) {
            if (command.input() != null) {
                input.write(command.input().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> command.program() + " did not read its input", e);
        }
    }

    private static String await(CommandLine command, Process process) throws InterruptedException {
        Passage passage = command.passage();
        PassingBytes passing = passage == null ? null : PassingBytes.through(process, passage);
        InputStream printed = passing == null ? process.getInputStream() : InputStream.nullInputStream();
        FutureTask<Captured> output = capture(printed, MAX_OUTPUT, command.listener());
        FutureTask<Captured> errors = capture(process.getErrorStream(), MAX_ERROR_OUTPUT, null);
        Duration timeout = command.timeout();
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ToolException(
                    ToolException.Kind.KILLED,
                    command.program() + " did not end within " + timeout.toSeconds() + " s and was killed.",
                    "",
                    ToolException.NO_EXIT_CODE);
        }
        if (passing != null) {
            passing.awaitEnd();
        }
        String errorOutput = text(errors).text();
        if (process.exitValue() != 0 || (passing != null && !errorOutput.isBlank())) {
            throw new ToolException(
                    ToolException.Kind.FAILED,
                    command.program() + " ended with code " + process.exitValue() + ": " + errorOutput.strip(),
                    errorOutput,
                    process.exitValue());
        }
        Captured captured = text(output);
        if (captured.cut()) {
            throw new ToolException(
                    ToolException.Kind.KILLED,
                    command.program() + " printed too much.",
                    errorOutput,
                    ToolException.NO_EXIT_CODE);
        }
        return captured.text();
    }

    private record Captured(String text, boolean cut) {}

    /** Reads to the end, so that the child never blocks, and keeps the beginning, or tells it all. */
    private static FutureTask<Captured> capture(InputStream stream, int most, @Nullable Consumer<String> listener) {
        FutureTask<Captured> task =
                new FutureTask<>(() -> listener == null ? keep(stream, most) : tell(stream, listener));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static Captured keep(InputStream stream, int most) throws IOException {
        byte[] kept = stream.readNBytes(most);
        long more = stream.transferTo(OutputStream.nullOutputStream());
        return new Captured(new String(kept, StandardCharsets.UTF_8), more > 0);
    }

    private static Captured tell(InputStream stream, Consumer<String> listener) throws IOException {
        byte[] piece = new byte[PIECE];
        int read = stream.read(piece);
        while (read >= 0) {
            listener.accept(new String(piece, 0, read, StandardCharsets.UTF_8));
            read = stream.read(piece);
        }
        return new Captured("", false);
    }

    /** The process has ended, so what is left of its output comes at once, unless a child of its own holds the pipe. */
    private static Captured text(FutureTask<Captured> task) throws InterruptedException {
        try {
            return task.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ToolException("The output of a tool could not be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ToolException("A tool ended and left its output open.", e);
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            // So that nothing is written any more when the caller goes on; one that hangs in its storage dies when that
            // answers.
            process.onExit()
                    .completeOnTimeout(process, DYING_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
