package io.limiquantix.bus;

/** Whether handling a request changes anything; a change carries an operation id and its handler is idempotent. */
public enum Effect {
    READ,
    CHANGE
}
