package io.limiquantix.bus;

/** The request or reply that says nothing more than that it was made. */
public record Nothing() {
    public static final Nothing NOTHING = new Nothing();
}
