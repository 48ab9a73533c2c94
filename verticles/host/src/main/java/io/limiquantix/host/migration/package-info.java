/** Running domains that go to another host, and that come from one. */
@NullMarked
package io.limiquantix.host.migration;

import org.jspecify.annotations.NullMarked;
