package io.limiquantix.gateway.viewer;

/** Who is spoken to during a handshake; all of it blocks, and fails with {@link PeerGoneException} when it is too late. */
interface Peer {
    /** The next bytes that it sends; not more are taken from it than a handshake has room for. */
    byte[] read(int count);

    void write(byte[] bytes);

    /** Sends the last bytes that are not encrypted, and is a server of TLS from then on. */
    void startTls(byte[] lastPlain);
}
