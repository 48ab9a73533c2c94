package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {
    private final UUID id = UUID.randomUUID();
    private final Path folder;
    private final Exports exports;

    ExportsTest(@TempDir Path folder) {
        this.folder = folder;
        this.exports = Exports.in(folder);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsMadeOnceAndNeverSeenHalf() throws IOException {
        assertThat(exports.make(id, file -> {
                    write(file, "whole");
                    assertThatThrownBy(() -> exports.require(id)).isInstanceOf(FailureException.class);
                }))
                .isEqualTo(5);
        assertThat(exports.make(id, file -> write(file, "another"))).isEqualTo(5);
        assertThat(exports.require(id)).hasContent("whole");
        exports.delete(id);
        exports.delete(id);
        assertThat(files()).isZero();
    }

    @Test
    void whatFailedOrWasKilledLeavesNothing() throws IOException {
        assertThatThrownBy(() -> exports.make(id, file -> {
                    write(file, "half");
                    throw new IllegalStateException("the tool failed");
                }))
                .hasMessage("the tool failed");
        assertThat(files()).isZero();
        write(DurableFiles.unfinished(folder.resolve(id.toString())), "left by a killed process");
        Exports.in(folder);
        assertThat(files()).isZero();
    }

    @Test
    void theHostsOwnDiskIsNotFilled() {
        exports.requireRoom(1);
        assertThatThrownBy(() -> exports.requireRoom(1L << 60))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NO_CAPACITY));
    }

    private long files() throws IOException {
        try (Stream<Path> there = Files.list(folder)) {
            return there.count();
        }
    }
}
