/** What hosts measure, for the API and for Prometheus. */
@NullMarked
package io.limiquantix.gateway.statistics;

import org.jspecify.annotations.NullMarked;
