package io.limiquantix.storage.driver.ova;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksums that manifests of appliances are made of; each is called as they call it. */
enum MemberSum {
    SHA1("SHA-1"),
    SHA224("SHA-224"),
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA512("SHA-512");

    private final String algorithm;

    MemberSum(String algorithm) {
        this.algorithm = algorithm;
    }

    MessageDigest begin() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }
}
