/** Where images are: copies that are made when they are needed, and go when nobody needs them any more. */
@NullMarked
package io.limiquantix.images.copies;

import org.jspecify.annotations.NullMarked;
