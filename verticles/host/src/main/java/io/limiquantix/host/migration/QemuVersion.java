package io.limiquantix.host.migration;

/** A stable series of QEMU; within one, guests go both ways. */
record QemuVersion(long major, long minor) {
    private static final long MAJOR = 1_000_000;
    private static final long MINOR = 1_000;

    /** @param number libvirt's */
    static QemuVersion of(long number) {
        return new QemuVersion(number / MAJOR, number % MAJOR / MINOR);
    }

    boolean isOlderThan(QemuVersion other) {
        return major < other.major || (major == other.major && minor < other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
