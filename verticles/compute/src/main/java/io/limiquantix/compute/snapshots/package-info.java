/** What the disks of a VM have of snapshots, beside what is stored of them. */
@NullMarked
package io.limiquantix.compute.snapshots;

import org.jspecify.annotations.NullMarked;
