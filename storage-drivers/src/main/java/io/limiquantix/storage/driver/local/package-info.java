/** A directory of the host as a pool. */
@NullMarked
package io.limiquantix.storage.driver.local;

import org.jspecify.annotations.NullMarked;
