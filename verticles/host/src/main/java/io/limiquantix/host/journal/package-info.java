/** What makes a repeated request harmless, also across a crash of this process. */
@NullMarked
package io.limiquantix.host.journal;

import org.jspecify.annotations.NullMarked;
