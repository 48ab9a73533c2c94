/** Files that are fetched from web servers, which may lie, dawdle, or want to be told of what only this host reaches. */
@NullMarked
package io.limiquantix.host.download;

import org.jspecify.annotations.NullMarked;
