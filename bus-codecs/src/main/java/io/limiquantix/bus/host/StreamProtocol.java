package io.limiquantix.bus.host;

/**
 * How a host's stream endpoint is spoken to: HTTP/1.1, over TLS or its UNIX socket, with {@code Authorization: Bearer}
 * and the ticket's token. A refusal is a JSON object with {@code code} (a {@link io.limiquantix.bus.FailureCode}) and
 * {@code message}; 403 for a ticket that is unknown, used or expired, or was issued for something else.
 */
public final class StreamProtocol {
    /** {@code GET} with {@code Connection: upgrade} and {@link #UPGRADE}; after 101 the console's bytes go both ways. */
    public static final String CONSOLE_PATH = "/v1/console";

    /** As {@link #CONSOLE_PATH}, with the bytes of one connection between two hosts' hypervisors while a machine moves. */
    public static final String MIGRATION_PATH = "/v1/migration";

    /** {@code PUT} of the bytes; 200 with {@code sha256} and {@code bytes} once they are on the disk, 413, 507 if full. */
    public static final String UPLOAD_PATH = "/v1/upload";

    /**
     * {@code GET}, with {@code Range} for a part; 200 or 206 with the bytes of the file, 416 for a part that is not there, as RFC
     * 9110 has it. {@code If-Range} is not looked at: a file never changes.
     */
    public static final String DOWNLOAD_PATH = "/v1/download";

    /** The protocol named in the {@code Upgrade} header. */
    public static final String UPGRADE = "limiquantix-stream";

    private StreamProtocol() {}
}
