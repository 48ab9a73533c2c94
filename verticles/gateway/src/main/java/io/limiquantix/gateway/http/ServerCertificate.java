package io.limiquantix.gateway.http;

import io.limiquantix.runtime.certificate.CertificateMaker;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that the server shows: the operator's, or one that is made on the first start and kept. */
public final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    private ServerCertificate() {}

    public static PemKeyCertOptions ofFiles(Path certificate, Path key) {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }

    /** What is trusted by who trusts this certificate. */
    public static TrustedCertificates trusted(PemKeyCertOptions certificate) {
        return TrustedCertificates.of(Path.of(certificate.getCertPath()));
    }

    /** @param names besides the host's own name and loopback */
    public static PemKeyCertOptions ensure(Path directory, List<String> names) {
        Path certificate = directory.resolve("certificate.pem");
        Path key = directory.resolve("key.pem");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            Set<String> all = new LinkedHashSet<>(List.of(hostName(), "localhost", "127.0.0.1", "::1"));
            all.addAll(names);
            List<GeneralName> generalNames = new ArrayList<>();
            all.forEach(name -> generalNames.add(
                    new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name)));
            CertificateMaker.selfSigned("LimiQuantix", generalNames).writeTo(certificate, key);
            LOG.info("made a certificate for {}; clients that shall trust it need {}", all, certificate);
        }
        return ofFiles(certificate, key);
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("this machine has no host name", e);
            return "localhost";
        }
    }
}
