package io.limiquantix.bus.host;

import io.limiquantix.bus.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Admits one connection to a host's stream endpoint, which speaks HTTP/1.1 as {@link StreamProtocol} says.
 *
 * @param token works once
 * @param certificateSha256 hexadecimal SHA-256 of the endpoint's certificate, which the connecting side must see
 * @param localSocket a UNIX socket of the same endpoint, without TLS: where this file exists for the connecting side it is on
 *     the same machine and saves the encryption by using it
 */
public record StreamTicket(
        String address,
        int port,
        Secret token,
        String certificateSha256,
        Instant expiresAt,
        @Nullable String localSocket) {}
