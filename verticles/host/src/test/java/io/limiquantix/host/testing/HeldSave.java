package io.limiquantix.host.testing;

import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.time.Duration;
import java.util.Optional;

/** The program of libvirt that writes a guest's memory, stopped in the middle of it. */
public final class HeldSave {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProcessTool tool = new ProcessTool();
    private final long pid;

    private HeldSave(long pid) {
        this.pid = pid;
        signal("STOP");
    }

    /** That of a domain that is being suspended; waits for it to begin. */
    public static HeldSave of(String domain) {
        return into("/" + domain + ".save");
    }

    /** The one that writes such a file; waits for it to begin. */
    public static HeldSave into(String file) {
        return new HeldSave(Eventually.get(PATIENCE, () -> find(file), Optional::isPresent)
                .orElseThrow()
                .pid());
    }

    private static Optional<ProcessHandle> find(String file) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("libvirt_iohelper") && line.contains(file))
                        .isPresent())
                .findFirst();
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        tool.run(CommandLine.of("kill", "-s", name, String.valueOf(pid)));
    }
}
