/** Files that outlive a power failure. */
@NullMarked
package io.limiquantix.storage.driver.durable;

import org.jspecify.annotations.NullMarked;
