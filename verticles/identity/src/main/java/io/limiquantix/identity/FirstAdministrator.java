package io.limiquantix.identity;

import io.limiquantix.bus.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the account {@code admin} on an empty database. Its password is written to a file that only the owner reads,
 * before the account exists, so that a crash in between locks nobody out; the file goes when the password is changed.
 */
final class FirstAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    static final String NAME = "admin";

    private final Users users;
    private final PasswordHash hashes;
    private final Path file;

    FirstAdministrator(Users users, PasswordHash hashes, Path dataDirectory) {
        this.users = users;
        this.hashes = hashes;
        this.file = dataDirectory.resolve("first-admin-password");
    }

    void ensure(RandomTokens tokens) {
        if (!users.isEmpty()) {
            return;
        }
        Secret password = tokens.password();
        write(password);
        if (users.addFirst(NAME, password, hashes)) {
            LOG.info("The first administrator is \"{}\"; the password is in {}", NAME, file);
        } else {
            forget();
        }
    }

    private void write(Secret password) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.deleteIfExists(file);
            Files.createFile(file, ownerOnly);
            Files.writeString(file, password.reveal() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the first administrator's password cannot be written to " + file, e);
        }
    }

    /** Removes the file once its password is no longer good. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} holds a password that is no longer used and could not be removed", file, e);
        }
    }
}
