package io.limiquantix.gateway.viewer;

/** The other end of a handshake has gone, is too slow, or says what makes no sense. */
final class PeerGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerGoneException(String message) {
        super(message);
    }

    PeerGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
