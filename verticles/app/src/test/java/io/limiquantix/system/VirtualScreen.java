package io.limiquantix.system;

import io.limiquantix.runtime.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A screen that nobody looks at, with programs on it: Xvfb on a display that was free. */
final class VirtualScreen implements AutoCloseable {
    private final Process server;
    private final String display;

    private VirtualScreen(Process server, String display) {
        this.server = server;
        this.display = display;
    }

    static VirtualScreen start(Path log) {
        try {
            // It says on its standard output which display is its own, once it serves it; it stays when its last
            // program ends.
            Process server = new ProcessBuilder(
                            "Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-noreset", "-nolisten", "tcp")
                    .redirectError(log.toFile())
                    .start();
            try (BufferedReader said = server.inputReader()) {
                String number = said.readLine();
                if (number == null) {
                    throw new AssertionError("Xvfb ended, see " + log);
                }
                return new VirtualScreen(server, ":" + number.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the variable {@code DISPLAY} names it. */
    String display() {
        return display;
    }

    /** X refuses (BadMatch) while one of the windows that xwd has just listed changes its size or goes, so it is asked again. */
    ScreenPicture picture() {
        return ScreenPicture.ofXwd(Eventually.get(() -> tried("xwd", "-silent", "-root"), Optional::isPresent)
                .orElseThrow());
    }

    /** Of all windows, as xwininfo lists them. */
    String windows() {
        return new String(run("xwininfo", "-root", "-tree"), StandardCharsets.UTF_8);
    }

    private byte[] run(String... command) {
        return tried(command).orElseThrow(() -> new AssertionError(List.of(command) + " failed"));
    }

    /** Its output; empty where it failed. */
    private Optional<byte[]> tried(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DISPLAY", display);
        try {
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
