package io.limiquantix.storage.driver;

/** How much of a volume's space is taken when it is made. */
public enum Preallocation {
    /** Blocks are taken when they are written first. */
    THIN,
    /** All of it at once, so that a full pool cannot stop a guest. */
    FULL
}
