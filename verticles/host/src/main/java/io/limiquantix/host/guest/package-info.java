/** What the inside of a guest says about itself. */
@NullMarked
package io.limiquantix.host.guest;

import org.jspecify.annotations.NullMarked;
