package io.limiquantix.storage.driver.qemu;

import io.limiquantix.storage.driver.QemuLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** QEMU's block layer with an image open for writing, as a domain has it. */
public final class ImageUser implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /** Opens it. */
    public ImageUser(QemuLocation image) throws IOException {
        // qemu-io keeps what it says to a pipe to itself until it ends.
        process = new ProcessBuilder(
                        "stdbuf", "-oL", "qemu-io", "-f", image.format().label(), image.name())
                .redirectErrorStream(true)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes a sector and waits until it is written. */
    public void write(long offset) throws IOException {
        commands.write("write " + offset + " 512\n");
        commands.flush();
        StringBuilder said = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            said.append(line).append('\n');
            if (line.contains("wrote 512/512")) {
                return;
            }
        }
        throw new AssertionError("qemu-io has not written: " + said);
    }

    @Override
    public void close() throws IOException {
        commands.write("quit\n");
        commands.close();
        process.onExit().join();
    }
}
