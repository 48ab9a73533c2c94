package io.limiquantix.runtime.stream;

/** The statuses that a stream endpoint answers when all is well. */
final class HttpStatus {
    static final int SWITCHING_PROTOCOLS = 101;
    static final int OK = 200;
    static final int PARTIAL = 206;
    static final int NOT_SATISFIABLE = 416;

    private HttpStatus() {}

    /** Whether it is about a file that is there. */
    static boolean isOfAFile(int status) {
        return status == OK || status == PARTIAL || status == NOT_SATISFIABLE;
    }
}
