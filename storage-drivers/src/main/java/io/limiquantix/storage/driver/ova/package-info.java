/**
 * Reads appliances: a tar archive of a description, checksums and disks, none of which is trusted (DMTF DSP0243, "Open Virtualization
 * Format Specification"). Nothing is taken out of the archive: names are compared, and never become paths.
 */
@NullMarked
package io.limiquantix.storage.driver.ova;

import org.jspecify.annotations.NullMarked;
