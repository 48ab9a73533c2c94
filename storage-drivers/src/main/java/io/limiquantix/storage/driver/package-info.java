/**
 * What a storage driver promises. A driver is found by {@link java.util.ServiceLoader} and opens pools; a pool groups its
 * work by subject: volumes, images and seeds. Callers ask {@link io.limiquantix.storage.driver.StorageCapabilities}
 * what a pool is able to do and never branch on a driver's name. Plain blocking Java; every operation is idempotent by the
 * id it names, also after the process was killed in the middle of it.
 */
@NullMarked
package io.limiquantix.storage.driver;

import org.jspecify.annotations.NullMarked;
