package io.limiquantix.host.testing;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real guest of a few megabytes, with an agent; root's password is "tiny". Built once and kept by its script. */
public final class TinyGuest {
    private TinyGuest() {}

    public static Path image() {
        Path image = Path.of("target", "tiny.qcow2").toAbsolutePath();
        if (!Files.exists(image)) {
            Path script = Path.of("..", "..", "scripts", "build-tiny-image")
                    .toAbsolutePath()
                    .normalize();
            new ProcessTool()
                    .run(CommandLine.of(script.toString(), image.toString()).within(Duration.ofMinutes(10)));
        }
        return image;
    }
}
