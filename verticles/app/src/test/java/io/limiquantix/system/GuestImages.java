package io.limiquantix.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real guests that scripts/test has built. */
final class GuestImages {
    private GuestImages() {}

    /** A kernel, busybox and the QEMU guest agent: up in seconds. */
    static Path tiny() {
        return existing("tiny.image");
    }

    /** Debian with cloud-init: up in minutes under emulation. */
    static Path debian() {
        return existing("debian.image");
    }

    private static Path existing(String property) {
        String path = System.getProperty(property, "");
        if (path.isEmpty() || !Files.exists(Path.of(path))) {
            throw new AssertionError("-D" + property + " names no image; run the system tests with scripts/test");
        }
        return Path.of(path);
    }
}
