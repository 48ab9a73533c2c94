/** Volumes as thin logical volumes of LVM, in a volume group on one disk that one host uses at a time. */
@NullMarked
package io.limiquantix.storage.driver.lvm;

import org.jspecify.annotations.NullMarked;
