package io.limiquantix.host.testing;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The program of libvirt that writes a guest's memory, stopped in the middle of it. It writes for less than a second, so somebody has
 * to lie in wait for it who does not wait for a processor himself.
 */
public final class HeldSave {
    private static final String CATCH = "until pid=$(pgrep -f \"$1\"); do :; done; kill -s STOP $pid && echo $pid";

    private final ProcessTool tool = new ProcessTool();
    private final Process catcher;

    private HeldSave(Process catcher) {
        this.catcher = catcher;
    }

    /** The next one of a domain, which is to be suspended after this. */
    public static HeldSave of(String domain) {
        return into("/" + domain + ".save");
    }

    /** The next one that writes such a file. */
    public static HeldSave into(String file) {
        String pattern = "[l]ibvirt_iohelper.*" + file;
        try {
            return new HeldSave(
                    new ProcessBuilder("nice", "-n", "-19", "timeout", "60", "bash", "-c", CATCH, "catch", pattern)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is stopped, and says what it is. */
    public Held await() {
        try (InputStream said = catcher.getInputStream()) {
            String pid = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (pid.isEmpty()) {
                throw new AssertionError("nothing was written that could be stopped");
            }
            return () -> tool.run(CommandLine.of("kill", "-s", "CONT", pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is stopped. */
    @FunctionalInterface
    public interface Held {
        void goOn();
    }
}
