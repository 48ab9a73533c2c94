/** Measures this machine and its guests every few seconds, and keeps what was measured. */
@NullMarked
package io.limiquantix.host.statistics;

import org.jspecify.annotations.NullMarked;
