/** Disks of other programs, looked at before QEMU touches them. */
@NullMarked
package io.limiquantix.storage.driver.image.foreign;

import org.jspecify.annotations.NullMarked;
