package io.limiquantix.bus;

/**
 * An address whose messages reach every subscriber at most once; whoever must not miss one also reads the full state
 * when it starts and from time to time.
 */
public record Topic<E extends Record>(String address, Class<E> event) {}
