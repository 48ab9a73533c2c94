/** Pools on an NFS export that this host mounts. */
@NullMarked
package io.limiquantix.storage.driver.nfs;

import org.jspecify.annotations.NullMarked;
