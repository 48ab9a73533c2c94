/**
 * The one place that speaks to libvirt. Its calls block, cannot be interrupted and pin the thread they run on, so they run
 * on a bounded pool of platform threads; callers wait with a deadline. Outside this package nobody imports
 * {@code org.libvirt} or JNA.
 */
@NullMarked
package io.limiquantix.host.libvirt;

import org.jspecify.annotations.NullMarked;
