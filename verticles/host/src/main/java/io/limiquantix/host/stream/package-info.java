/**
 * The host's stream endpoint: consoles and uploads, which are too big for the bus. A connection needs a ticket that was
 * handed out over the bus; back-pressure reaches from one end to the other.
 */
@NullMarked
package io.limiquantix.host.stream;

import org.jspecify.annotations.NullMarked;
