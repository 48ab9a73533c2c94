/** A directory that is a pool, wherever its file system lies. */
@NullMarked
package io.limiquantix.storage.driver.file;

import org.jspecify.annotations.NullMarked;
