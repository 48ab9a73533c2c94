package io.limiquantix.bus.host;

import io.limiquantix.bus.images.SystemFacts;
import org.jspecify.annotations.Nullable;

/**
 * What an ISO says of itself: printable text of bounded length, which its makers chose and nobody has verified.
 *
 * @param volume its label, empty for none
 * @param diskInfo the first line of its file {@code .disk/info}, as Debian and Ubuntu write it
 * @param treeInfo its file {@code .treeinfo}, as Fedora and its kin write it
 * @param osinfo what libosinfo's database knows of such an ISO
 */
public record IsoReport(
        String volume,
        @Nullable String diskInfo,
        @Nullable String treeInfo,
        @Nullable SystemFacts osinfo) {}
