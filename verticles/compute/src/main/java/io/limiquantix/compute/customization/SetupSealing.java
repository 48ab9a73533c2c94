package io.limiquantix.compute.customization;

import io.limiquantix.bus.compute.GuestSetup;

/** Keeps the user-data of a set-up from whoever reads the database. */
public interface SetupSealing {
    /** The set-up as it may be stored. */
    GuestSetup seal(GuestSetup setup);

    /** What {@link #seal} was given. */
    GuestSetup open(GuestSetup setup);
}
