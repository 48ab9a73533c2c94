/** A folder in which images arrive and are checked before a pool takes them. */
@NullMarked
package io.limiquantix.storage.driver.staging;

import org.jspecify.annotations.NullMarked;
