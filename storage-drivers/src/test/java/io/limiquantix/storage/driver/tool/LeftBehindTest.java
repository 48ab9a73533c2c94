package io.limiquantix.storage.driver.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final String owner = UUID.randomUUID().toString();

    @Test
    void killsWhatAnEarlierProcessLeftAndNothingElse(@TempDir Path folder) throws IOException, InterruptedException {
        // The shell ends at once, so that nobody of this process is the parent of what it started.
        ProcessHandle ours = orphan(folder.resolve("ours"), Map.of(ProcessTool.OWNER, owner));
        ProcessHandle others = orphan(folder.resolve("others"), Map.of(ProcessTool.OWNER, owner + "0"));
        try {
            LeftBehind.kill(owner, PATIENCE);
            assertThat(ours.isAlive()).isFalse();
            assertThat(others.isAlive()).isTrue();
        } finally {
            ours.destroyForcibly();
            others.destroyForcibly();
        }
    }

    @Test
    void leavesTheToolsOfThisProcess() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "61");
        builder.environment().put(ProcessTool.OWNER, owner);
        Process running = builder.start();
        try {
            LeftBehind.kill(owner, PATIENCE);
            assertThat(running.isAlive()).isTrue();
        } finally {
            running.destroyForcibly();
        }
    }

    private static ProcessHandle orphan(Path pidFile, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "sleep 61 > /dev/null & echo $!");
        shell.environment().putAll(environment);
        shell.redirectOutput(pidFile.toFile());
        assertThat(shell.start().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }
}
