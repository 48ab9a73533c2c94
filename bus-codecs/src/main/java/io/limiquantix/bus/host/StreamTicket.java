package io.limiquantix.bus.host;

import io.limiquantix.bus.Secret;
import java.time.Instant;

/**
 * Admits one connection to a host's stream endpoint.
 *
 * @param token works once
 * @param certificateSha256 hexadecimal SHA-256 of the endpoint's certificate, which the connecting side must see
 */
public record StreamTicket(String address, int port, Secret token, String certificateSha256, Instant expiresAt) {}
