package io.limiquantix.host.testing;

import java.util.UUID;

/** A tiny guest that writes words to its disk. */
public final class WritingGuest {
    /** Where it writes on its disk, behind its file system. */
    public static final int MEBIBYTE = 200;

    private final GuestShell shell;

    public WritingGuest(UUID vm) {
        this.shell = new GuestShell(vm);
    }

    /** Waits until the guest has booted. */
    public void awaitAgent() {
        shell.awaitAgent();
    }

    /** Writes a word to the disk and waits until it is there. */
    public void write(String word) {
        run("echo " + word + " | dd of=/dev/vda bs=1M seek=" + MEBIBYTE + " conv=notrunc,fsync 2>/dev/null");
    }

    /** The word on the disk. */
    public String read() {
        return run("dd if=/dev/vda bs=1M skip=" + MEBIBYTE + " count=1 2>/dev/null | head -n 1");
    }

    /** What the command printed. */
    public String run(String line) {
        return shell.run(line);
    }
}
