/** Which operating system an image holds: what each source says of it, and what comes of that. Plain logic. */
@NullMarked
package io.limiquantix.images.system;

import org.jspecify.annotations.NullMarked;
