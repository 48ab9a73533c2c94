package io.limiquantix.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a file system of 64 KiB. */
@EnabledIf(value = "isRoot", disabledReason = "mounting a small file system needs root")
class FullDiskIT {
    private static final String LONG = "x".repeat(5_000);

    private final ProcessTool tool = new ProcessTool();
    private final Path folder;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    FullDiskIT(@TempDir Path folder) {
        this.folder = folder;
        tool.run(CommandLine.of("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder.toString()));
    }

    @AfterEach
    void unmount() {
        tool.run(CommandLine.of("umount", folder.toString()));
    }

    @Test
    void keepsWhatComesAfterALineThatDidNotFit() throws IOException {
        Path file = folder.resolve("journal");
        Path ballast = Files.write(folder.resolve("ballast"), new byte[40 << 10]);
        int fitting = 0;
        try (JournalFile journal = JournalFile.open(file).file()) {
            assertThatThrownBy(() -> {
                        while (true) {
                            journal.append(LONG);
                        }
                    })
                    .isInstanceOf(IOException.class);
            fitting = (int) (Files.size(file) / LONG.length());
            Files.delete(ballast);
            journal.append("after");
        }
        JournalFile.Opened again = JournalFile.open(file);
        again.file().close();
        assertThat(again.lines()).hasSize(fitting + 1).endsWith("after");
    }
}
