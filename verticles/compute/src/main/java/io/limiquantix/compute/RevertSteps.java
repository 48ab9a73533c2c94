package io.limiquantix.compute;

/** The tasks whose steps are a part of bringing a VM back: a snapshot of now, its machine and its cards. */
record RevertSteps(SnapshotVmTask present, EditVmTask machine, RevertedCards cards) {}
