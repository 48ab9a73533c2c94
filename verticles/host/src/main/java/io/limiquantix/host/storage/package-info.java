/** The pools that this host has open, and requests about them. */
@NullMarked
package io.limiquantix.host.storage;

import org.jspecify.annotations.NullMarked;
