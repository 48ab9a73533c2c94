/** Public keys of SSH. */
@NullMarked
package io.limiquantix.runtime.ssh;

import org.jspecify.annotations.NullMarked;
