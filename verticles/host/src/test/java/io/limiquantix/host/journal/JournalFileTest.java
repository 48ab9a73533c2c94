package io.limiquantix.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private final Path file;

    JournalFileTest(@TempDir Path folder) {
        this.file = folder.resolve("journal");
    }

    @Test
    void looksPastATornLastLine() throws IOException {
        append("one");
        Files.writeString(file, "00000000 tor", StandardOpenOption.APPEND);
        append("two");
        assertThat(lines()).containsExactly("one", "two");
    }

    @Test
    void goesOnWithTheOldFileWhenANewOneCannotBeMade() throws IOException {
        Files.createDirectory(file.resolveSibling("journal.new"));
        try (JournalFile journal = JournalFile.open(file).file()) {
            journal.append("one");
            assertThatThrownBy(() -> journal.rewrite(List.of("other"))).isInstanceOf(IOException.class);
            journal.append("two");
        }
        assertThat(lines()).containsExactly("one", "two");
    }

    @Test
    void goesOnInTheNewFileAfterARewrite() throws IOException {
        try (JournalFile journal = JournalFile.open(file).file()) {
            journal.append("one");
            journal.rewrite(List.of("other"));
            journal.append("two");
        }
        assertThat(lines()).containsExactly("other", "two");
    }

    private void append(String line) throws IOException {
        try (JournalFile journal = JournalFile.open(file).file()) {
            journal.append(line);
        }
    }

    private List<String> lines() throws IOException {
        JournalFile.Opened opened = JournalFile.open(file);
        opened.file().close();
        return opened.lines();
    }
}
