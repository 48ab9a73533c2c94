/** Pools on one LUN of an iSCSI target, which this host reaches by open-iscsi, with LVM on it. */
@NullMarked
package io.limiquantix.storage.driver.iscsi;

import org.jspecify.annotations.NullMarked;
