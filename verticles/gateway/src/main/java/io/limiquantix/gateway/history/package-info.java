/** What happened to one thing: what several verticles keep of it, as one. */
@NullMarked
package io.limiquantix.gateway.history;

import org.jspecify.annotations.NullMarked;
