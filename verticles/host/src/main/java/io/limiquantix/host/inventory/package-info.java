/** What this host knows, told to the rest of the platform as it changes and in full from time to time. */
@NullMarked
package io.limiquantix.host.inventory;

import org.jspecify.annotations.NullMarked;
