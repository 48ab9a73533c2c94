package io.limiquantix.storage.driver.lvm;

import java.nio.file.Path;
import java.util.Optional;

/** The disk that a volume group is on, whatever the kernel calls it at the time. */
public interface Disk {
    /** The device that programs are given now. */
    Path device();

    /** What it is known by on every host and for good; empty for a disk that says nothing of the kind. */
    Optional<String> identity();
}
