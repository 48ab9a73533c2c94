/** Makes plain images of files that are compressed, or disks of other programs. */
@NullMarked
package io.limiquantix.storage.driver.unpack;

import org.jspecify.annotations.NullMarked;
