package io.limiquantix.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A key that ssh-keygen made.
 *
 * @param file the private key
 * @param line of the public key
 */
record SshKeyPair(Path file, String line) {
    static SshKeyPair make(Path file) {
        try {
            Process made = new ProcessBuilder(
                            "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.toString())
                    .inheritIO()
                    .start();
            if (made.waitFor() != 0) {
                throw new AssertionError("ssh-keygen made no key");
            }
            return new SshKeyPair(file, Files.readString(Path.of(file + ".pub")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
