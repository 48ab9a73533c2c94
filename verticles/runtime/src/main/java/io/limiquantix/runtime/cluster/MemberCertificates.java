package io.limiquantix.runtime.cluster;

import io.limiquantix.runtime.Platform;
import io.limiquantix.runtime.certificate.CertificateMaker;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/** Certificates of the cluster's authority, for servers that let only those in who have one too. */
public final class MemberCertificates {
    private final BusCertificates bus;

    private MemberCertificates(BusCertificates bus) {
        this.bus = bus;
    }

    /** Of the process's cluster. */
    public static MemberCertificates of(Platform platform) {
        ClusterConfig config = platform.configuration().section("cluster", ClusterConfig.class);
        return new MemberCertificates(BusCertificates.in(BusCertificates.folder(config, platform.dataDirectory())));
    }

    /** Trusts the authority and nobody else. */
    public PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(bus.authority().toString());
    }

    /**
     * A server's certificate, made where there is none yet for this address.
     *
     * @param folder where it is kept
     * @param name also the beginning of the files' names
     * @param address by which clients know the server, besides {@code localhost}
     */
    public PemKeyCertOptions server(Path folder, String name, String address) {
        Path certificate = folder.resolve(name + "-" + address.replace(':', '_') + ".pem");
        Path key = folder.resolve(name + "-" + address.replace(':', '_') + "-key.pem");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            CertificateMaker.read(bus.authority(), bus.authorityKey())
                    .issue(name, List.of(general(address), new GeneralName(GeneralName.dNSName, "localhost")))
                    .writeTo(certificate, key);
        }
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }

    private static GeneralName general(String address) {
        boolean literal = address.contains(":") || address.matches("[0-9.]+");
        try {
            return literal
                    ? new GeneralName(
                            GeneralName.iPAddress,
                            InetAddress.getByName(address).getHostAddress())
                    : new GeneralName(GeneralName.dNSName, address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address.", e);
        }
    }
}
