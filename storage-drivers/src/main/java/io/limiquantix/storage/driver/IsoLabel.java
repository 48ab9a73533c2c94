package io.limiquantix.storage.driver;

import org.jspecify.annotations.Nullable;

/**
 * What an ISO says of itself: printable text of bounded length, which its makers chose and nobody has verified.
 *
 * @param volume its label, which may be empty, as the next three may
 * @param diskInfo the first line of {@code .disk/info}, as Debian and Ubuntu write it
 * @param treeInfo the file {@code .treeinfo}, as Fedora and its kin write it
 */
public record IsoLabel(
        String volume,
        String system,
        String publisher,
        String application,
        @Nullable String diskInfo,
        @Nullable String treeInfo) {}
