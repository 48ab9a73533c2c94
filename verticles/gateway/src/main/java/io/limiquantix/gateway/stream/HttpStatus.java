package io.limiquantix.gateway.stream;

/** The statuses that a stream endpoint answers when all is well. */
final class HttpStatus {
    static final int SWITCHING_PROTOCOLS = 101;
    static final int OK = 200;

    private HttpStatus() {}
}
