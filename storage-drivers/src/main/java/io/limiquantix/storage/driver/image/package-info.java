/** Tells what a disk image really is before anything trusts it. */
@NullMarked
package io.limiquantix.storage.driver.image;

import org.jspecify.annotations.NullMarked;
