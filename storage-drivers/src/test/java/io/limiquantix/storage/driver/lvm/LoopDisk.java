package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/** A disk of this machine's own, empty at first: a loop device on a file that takes no room until it is written to. */
final class LoopDisk implements Disk, AutoCloseable {
    private final Tool tool = new ProcessTool();
    private final Path device;
    private Optional<String> identity;

    LoopDisk(Path file, long bytes) {
        try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        device = Path.of(tool.run(CommandLine.of("losetup", "--find", "--show", file.toString()))
                .strip());
        identity = Optional.of("the disk " + file);
    }

    @Override
    public Path device() {
        return device;
    }

    @Override
    public Optional<String> identity() {
        return identity;
    }

    /** From now on it is taken for another one. */
    void callItself(String other) {
        identity = Optional.of(other);
    }

    /** The types of all that is on it, empty for nothing. */
    String signatures() {
        return tool.run(CommandLine.of("wipefs", "--noheadings", "--output", "TYPE", device.toString()))
                .strip();
    }

    @Override
    public void close() {
        tool.run(CommandLine.of("losetup", "--detach", device.toString()));
    }
}
