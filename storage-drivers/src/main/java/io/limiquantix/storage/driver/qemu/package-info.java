/** QEMU's own tools. */
@NullMarked
package io.limiquantix.storage.driver.qemu;

import org.jspecify.annotations.NullMarked;
