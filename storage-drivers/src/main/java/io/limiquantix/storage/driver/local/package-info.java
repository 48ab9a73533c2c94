/** Pools in a directory of the host's own disks. */
@NullMarked
package io.limiquantix.storage.driver.local;

import org.jspecify.annotations.NullMarked;
