package io.limiquantix.storage.driver.ceph;

/**
 * A snapshot of an RBD image.
 *
 * @param sizeBytes of the image at that moment
 * @param isProtected whether it is kept from removal, as one that is cloned must be
 */
record RbdSnapshot(String name, long sizeBytes, boolean isProtected) {}
