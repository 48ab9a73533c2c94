/** What libosinfo's database of operating systems knows, where it is installed. */
@NullMarked
package io.limiquantix.host.osinfo;

import org.jspecify.annotations.NullMarked;
