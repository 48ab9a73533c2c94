/** Keeps callers from waiting for ever on storage that has fallen silent. */
@NullMarked
package io.limiquantix.storage.driver.guard;

import org.jspecify.annotations.NullMarked;
