/** Files of hosts on their way to clients. */
@NullMarked
package io.limiquantix.gateway.download;

import org.jspecify.annotations.NullMarked;
