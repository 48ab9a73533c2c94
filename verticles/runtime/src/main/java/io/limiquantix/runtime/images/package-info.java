/** Images at the place where a disk is to begin as one. */
@NullMarked
package io.limiquantix.runtime.images;

import org.jspecify.annotations.NullMarked;
