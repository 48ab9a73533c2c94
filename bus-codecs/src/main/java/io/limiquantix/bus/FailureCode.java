package io.limiquantix.bus;

/** Every way in which a request can fail, with the HTTP status that the API answers for it. */
public enum FailureCode {
    /** A value is not acceptable; {@code details.field} names it where one field is to blame. */
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    /** The thing is in a state, or used in a way, that forbids this now. */
    CONFLICT(409),
    /** Somebody else changed the thing since it was read. */
    STALE_VERSION(412),
    TOO_LARGE(413),
    /** Too many requests or attempts; {@code details.retryAfterSeconds} says when to come back. */
    LIMITED(429),
    /** No host or pool has room for it; the message says what would have to change. */
    NO_CAPACITY(409),
    /** A newer run of the same task has taken over. */
    STALE_EPOCH(409),
    CANCELLED(409),
    INTERNAL(500),
    /** The hypervisor refused or failed. */
    HYPERVISOR(502),
    /** A storage tool refused or failed. */
    STORAGE(502),
    /** Nobody is there, or who is there cannot do it now: nothing was changed. Ask again with the same operation id. */
    UNAVAILABLE(503),
    /** No answer in time: it is unknown whether it was done. Ask again with the same operation id. */
    TIMEOUT(504);

    private final int httpStatus;

    FailureCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether asking again with the same operation id can succeed without anybody changing anything. */
    public boolean isTransient() {
        return this == UNAVAILABLE || this == TIMEOUT;
    }
}
