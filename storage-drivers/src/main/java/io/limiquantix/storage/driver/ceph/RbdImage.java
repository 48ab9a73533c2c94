package io.limiquantix.storage.driver.ceph;

/**
 * What an RBD image says of itself.
 *
 * @param id the cluster's own, which stays when it is renamed
 * @param hasParent whether it reads what was never written to it from a snapshot of another image
 * @param counted whether it keeps count of the space that it takes (the feature {@code fast-diff})
 */
record RbdImage(String id, long sizeBytes, boolean hasParent, boolean counted) {}
