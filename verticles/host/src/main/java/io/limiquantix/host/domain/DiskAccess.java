package io.limiquantix.host.domain;

/**
 * How a domain may use a disk.
 *
 * @param shareable whether other domains may have it open at the same time
 */
public record DiskAccess(boolean readOnly, boolean shareable) {
    /** It alone, and it may write. */
    public static final DiskAccess OWN = new DiskAccess(false, false);
}
