/**
 * Reads and writes appliances: a tar archive of a description, checksums and disks (DMTF DSP0243, "Open Virtualization Format
 * Specification"). None of what is read is trusted. Nothing is taken out of the archive: names are compared, and never become paths.
 * What is written has names that are made here, whatever the machine is called.
 */
@NullMarked
package io.limiquantix.storage.driver.ova;

import org.jspecify.annotations.NullMarked;
