package io.limiquantix.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/** What a client has to trust that shall trust this server: the certificates that the server shows, as PEM. */
public record TrustedCertificates(String pem) {
    private static final int LINE = 64;

    /** Reads the certificates of a PEM file, and nothing else that may be in it. */
    public static TrustedCertificates of(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
            return new TrustedCertificates(pem.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate " + file + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate " + file + " is not usable", e);
        }
    }
}
