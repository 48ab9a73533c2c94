package io.limiquantix.identity;

import io.limiquantix.bus.Secret;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.id.Uuid7;
import java.util.Optional;
import java.util.UUID;

/** Accounts in the database. */
final class Users {
    /** One account. */
    record User(UUID id, String name, String passwordHash, boolean mustChangePassword) {}

    private final Database database;

    Users(Database database) {
        this.database = database;
    }

    Optional<User> byName(String name) {
        return database.queryOne("select * from identity.users where lower(name) = lower($1)", Users::user, name);
    }

    Optional<User> byId(UUID id) {
        return database.queryOne("select * from identity.users where id = $1", Users::user, id);
    }

    boolean isEmpty() {
        return database.query("select id from identity.users limit 1", row -> row.uuid("id"))
                .isEmpty();
    }

    /** Adds the first administrator; false when another process was quicker. */
    boolean addFirst(String name, Secret password, PasswordHash hashes) {
        return database.update(
                        "insert into identity.users (id, name, password_hash, must_change_password)"
                                + " select $1, $2, $3, true where not exists (select from identity.users)"
                                + " on conflict do nothing",
                        Uuid7.next(),
                        name,
                        hashes.of(password))
                == 1;
    }

    /** Sets the password and ends every session of the user but one. */
    void changePassword(UUID userId, String passwordHash, byte[] keptSession) {
        database.run(tx -> {
            tx.update(
                    "update identity.users set password_hash = $2, must_change_password = false where id = $1",
                    userId,
                    passwordHash);
            tx.update("delete from identity.sessions where user_id = $1 and token_sha256 <> $2", userId, keptSession);
        });
    }

    private static User user(Row row) {
        return new User(row.uuid("id"), row.text("name"), row.text("password_hash"), row.flag("must_change_password"));
    }
}
