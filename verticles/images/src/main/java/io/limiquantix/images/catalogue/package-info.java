/** Images that others publish: what catalogues say of them, and where catalogues come from. */
@NullMarked
package io.limiquantix.images.catalogue;

import org.jspecify.annotations.NullMarked;
