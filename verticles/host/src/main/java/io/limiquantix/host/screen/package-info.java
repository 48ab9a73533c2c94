/** Pictures of what guests show. */
@NullMarked
package io.limiquantix.host.screen;

import org.jspecify.annotations.NullMarked;
