package io.limiquantix.storage.driver;

import java.util.Locale;

/** How the file of an image can be compressed. */
public enum Compression {
    GZIP,
    XZ,
    ZSTD,
    BZIP2;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
