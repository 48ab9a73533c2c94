/** Pools in Ceph: each volume is an RBD image that QEMU reaches by itself. What is done, is done by rbd(8) and ceph(8). */
@NullMarked
package io.limiquantix.storage.driver.ceph;

import org.jspecify.annotations.NullMarked;
