package io.limiquantix.host.stream;

import io.limiquantix.runtime.certificate.CertificateMaker;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.List;

/** The endpoint's certificate. Nobody signs it: whoever connects compares it with the hash in the ticket. */
public final class StreamCertificate {
    private final Path certificateFile;
    private final Path keyFile;
    private final String sha256;

    private StreamCertificate(Path certificateFile, Path keyFile, String sha256) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.sha256 = sha256;
    }

    /** Reads the one in the folder, or makes it. */
    public static StreamCertificate in(Path folder) {
        Path certificateFile = folder.resolve("stream.pem");
        Path keyFile = folder.resolve("stream-key.pem");
        if (!Files.exists(certificateFile) || !Files.exists(keyFile)) {
            CertificateMaker.selfSigned("LimiQuantix stream endpoint", List.of())
                    .writeTo(certificateFile, keyFile);
        }
        CertificateMaker made = CertificateMaker.read(certificateFile, keyFile);
        return new StreamCertificate(certificateFile, keyFile, sha256(made));
    }

    private static String sha256(CertificateMaker made) {
        try {
            byte[] encoded = made.certificate().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the stream endpoint's certificate is not usable", e);
        }
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertPath(certificateFile.toString()).addKeyPath(keyFile.toString());
    }

    public String sha256() {
        return sha256;
    }
}
