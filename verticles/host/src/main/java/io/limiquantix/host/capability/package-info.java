/** What this machine is able to do. */
@NullMarked
package io.limiquantix.host.capability;

import org.jspecify.annotations.NullMarked;
