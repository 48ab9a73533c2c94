package io.limiquantix.runtime.certificate;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** X.509 certificates on the curve P-256 for ten years, kept as PEM files. */
public final class CertificateMaker {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 120;

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateMaker(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate authority that signs itself. */
    public static CertificateMaker authority(String name) {
        return make(name, null, List.of(), true);
    }

    /** A server's certificate that signs itself, for these DNS names and IP addresses. */
    public static CertificateMaker selfSigned(String name, List<GeneralName> names) {
        return make(name, null, names, false);
    }

    /** A certificate signed by this authority, good for both ends of a connection. */
    public CertificateMaker issue(String name) {
        return make(name, this, List.of(), false);
    }

    /** One for a server that is known by these names. */
    public CertificateMaker issue(String name, List<GeneralName> names) {
        return make(name, this, names, false);
    }

    public static CertificateMaker read(Path certificate, Path key) {
        try (Reader certificateText = Files.newBufferedReader(certificate);
                PEMParser certificates = new PEMParser(certificateText);
                Reader keyText = Files.newBufferedReader(key);
                PEMParser keys = new PEMParser(keyText)) {
            var holder = (X509CertificateHolder) certificates.readObject();
            var info = (PrivateKeyInfo) keys.readObject();
            return new CertificateMaker(
                    new JcaX509CertificateConverter().getCertificate(holder),
                    new JcaPEMKeyConverter().getPrivateKey(info));
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate " + certificate + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate " + certificate + " is not usable", e);
        }
    }

    /** Writes both files; the key is readable by its owner only. */
    public void writeTo(Path certificateFile, Path keyFile) {
        try {
            Files.createDirectories(keyFile.toAbsolutePath().getParent());
            write(keyFile, "rw-------", new JcaPKCS8Generator(key, null).generate());
            write(certificateFile, "rw-r--r--", certificate);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate " + certificateFile + " cannot be written", e);
        }
    }

    private static void write(Path file, String mode, Object content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.writeString(part, text.toString());
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("a rename within " + file.getParent() + " is not atomic", e);
        }
    }

    private static CertificateMaker make(
            String name, @Nullable CertificateMaker issuer, List<GeneralName> names, boolean authority) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name subject = new X500Name(new X500Principal("CN=" + name).getName());
            X500Name signer = issuer == null
                    ? subject
                    : new X500Name(issuer.certificate.getSubjectX500Principal().getName());
            Instant now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                    signer,
                    new BigInteger(SERIAL_BITS, new SecureRandom()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(VALID)),
                    subject,
                    pair.getPublic());
            addExtensions(builder, names, authority);
            var content = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(issuer == null ? pair.getPrivate() : issuer.key);
            var holder = builder.build(content);
            return new CertificateMaker(new JcaX509CertificateConverter().getCertificate(holder), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("no certificate could be made for " + name, e);
        }
    }

    private static void addExtensions(JcaX509v3CertificateBuilder builder, List<GeneralName> names, boolean authority)
            throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (authority) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return;
        }
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
    }
}
