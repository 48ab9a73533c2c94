package io.limiquantix.identity;

import io.limiquantix.bus.Secret;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts in the database. */
final class Users {
    private static final int KNOWN_ADDRESSES = 20;

    /** One account. */
    record User(UUID id, String name, String passwordHash, boolean mustChangePassword, boolean administrator) {}

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
                        "insert into identity.users (id, name, password_hash, must_change_password, administrator)"
                                + " select $1, $2, $3, true, true where not exists (select from identity.users)"
                                + " on conflict do nothing",
                        Uuid7.next(),
                        name,
                        hashes.of(password))
                == 1;
    }

    boolean isKnownAt(UUID id, RemoteAddress address) {
        return database.queryOne(
                        "select 1 as known from identity.known_addresses where user_id = $1 and address = $2",
                        row -> true,
                        id,
                        address.network())
                .orElse(false);
    }

    /** Remembers the latest few addresses. */
    void loggedInFrom(UUID id, RemoteAddress address, Instant now) {
        database.run(tx -> {
            tx.update(
                    "insert into identity.known_addresses (user_id, address, last_at) values ($1, $2, $3)"
                            + " on conflict (user_id, address) do update set last_at = excluded.last_at",
                    id,
                    address.network(),
                    now);
            tx.update(
                    "delete from identity.known_addresses where user_id = $1 and address not in (select address"
                            + " from identity.known_addresses where user_id = $1 order by last_at desc limit $2)",
                    id,
                    KNOWN_ADDRESSES);
        });
    }

    /** Sets the password, ends every session of the user but one, and says which by the hashes of their tokens. */
    List<String> changePassword(UUID userId, String passwordHash, byte[] keptSession) {
        return database.transaction(tx -> {
            tx.update(
                    "update identity.users set password_hash = $2, must_change_password = false where id = $1",
                    userId,
                    passwordHash);
            return tx.query(
                    "delete from identity.sessions where user_id = $1 and token_sha256 <> $2"
                            + " returning encode(token_sha256, 'hex') as token",
                    row -> row.text("token"),
                    userId,
                    keptSession);
        });
    }

    private static User user(Row row) {
        return new User(
                row.uuid("id"),
                row.text("name"),
                row.text("password_hash"),
                row.flag("must_change_password"),
                row.flag("administrator"));
    }
}
