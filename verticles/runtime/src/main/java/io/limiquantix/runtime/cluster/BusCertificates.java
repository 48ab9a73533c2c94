package io.limiquantix.runtime.cluster;

import io.limiquantix.runtime.certificate.CertificateMaker;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The private certificate authority of the event bus and this process's certificate. Whoever holds the authority's key
 * is a part of the platform: the folder is handed to a new process by the operator and is readable by its owner only.
 */
record BusCertificates(Path authority, Path authorityKey, Path certificate, Path key) {

    /** Where the configuration has them. */
    static Path folder(ClusterConfig config, Path dataDirectory) {
        return config.certificates() == null ? dataDirectory.resolve("cluster") : config.certificates();
    }

    /** Reads the folder; makes the authority and the certificate where there are none yet. */
    static BusCertificates in(Path folder) {
        Path authority = folder.resolve("ca.pem");
        Path authorityKey = folder.resolve("ca-key.pem");
        Path certificate = folder.resolve("member.pem");
        Path key = folder.resolve("member-key.pem");
        if (!Files.exists(authority)) {
            CertificateMaker.authority("LimiQuantix bus").writeTo(authority, authorityKey);
        }
        if (!Files.exists(certificate)) {
            CertificateMaker.read(authority, authorityKey).issue("bus member").writeTo(certificate, key);
        }
        return new BusCertificates(authority, authorityKey, certificate, key);
    }
}
