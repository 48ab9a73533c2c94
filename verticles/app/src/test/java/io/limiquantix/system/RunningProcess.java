package io.limiquantix.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of the platform, in its own JVM with the production options. */
final class RunningProcess {
    private static final long STOP_SECONDS = 60;
    private static final int LAST_LINES = 60;

    private final Process process;
    private final Path log;
    private final Path fatal;

    private RunningProcess(Process process, Path log, Path fatal) {
        this.process = process;
        this.log = log;
        this.fatal = fatal;
    }

    /** Starts it and returns at once. */
    static RunningProcess start(Path configuration, Path trace) {
        Path fatal = configuration.resolveSibling(configuration.getFileName() + ".fatal");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("platform.jvm.arguments").split(" ")));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FaultyMain.class.getName(),
                configuration.toString(),
                trace.toString(),
                fatal.toString()));
        try {
            Files.deleteIfExists(fatal);
            Path log = configuration.resolveSibling(configuration.getFileName() + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new RunningProcess(process, log, fatal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of what it wrote, for whoever has nothing but the test's report. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it die as by kill -9 when it next comes to this point, one of those that it traces. */
    void dieAt(String point) {
        try {
            Files.writeString(fatal, point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    void stop() {
        process.destroy();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process did not end within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
