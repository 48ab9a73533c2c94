package io.limiquantix.identity;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.identity.IdentityApi.AddSshKey;
import io.limiquantix.bus.identity.IdentityApi.DeleteSshKey;
import io.limiquantix.bus.identity.IdentityApi.SshKey;
import io.limiquantix.bus.identity.IdentityApi.SshKeys;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Row;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.ssh.SshPublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Public keys of users. A user sees and changes none but the own ones. */
final class UserSshKeys {
    private static final int MOST = 64;
    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    private final Database database;
    private final Clock clock;

    UserSshKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    SshKeys list(UUID userId) {
        return new SshKeys(database.transaction(tx -> list(tx, userId)));
    }

    /** @param id of the operation and so of the key: a repeat finds what the first one made */
    SshKey add(AddSshKey wish, UUID id) {
        String name = wish.name().strip();
        if (!NAME.matcher(name).matches()) {
            throw FailureException.invalid("name", "A key's name has 1 to 64 characters.");
        }
        String line = wish.publicKey().strip();
        if (line.length() > MOST_CHARACTERS) {
            throw FailureException.invalid("publicKey", "This SSH key has more characters than any key has.");
        }
        SshPublicKey.problem(line).ifPresent(problem -> {
            throw FailureException.invalid("publicKey", "This SSH key " + problem);
        });
        String fingerprint = SshPublicKey.parse(line).fingerprint();
        return database.transaction(tx -> {
            // One change of a user's keys at a time, so that their number and names are what they seem.
            tx.queryOne("select id from identity.users where id = $1 for update", row -> row.uuid("id"), wish.userId());
            Optional<SshKey> before = list(tx, wish.userId()).stream()
                    .filter(key -> key.id().equals(id))
                    .findFirst();
            return before.orElseGet(() -> insert(tx, id, wish.userId(), name, line, fingerprint));
        });
    }

    private SshKey insert(Transaction tx, UUID id, UUID userId, String name, String line, String fingerprint) {
        List<SshKey> known = list(tx, userId);
        if (known.size() >= MOST) {
            throw FailureException.conflict("A user has at most " + MOST + " SSH keys. Delete one first.");
        }
        for (SshKey key : known) {
            if (key.fingerprint().equals(fingerprint)) {
                throw FailureException.conflict("This SSH key is there already, as " + key.name() + ".");
            }
            if (key.name().equalsIgnoreCase(name)) {
                throw FailureException.conflict("There is an SSH key called " + key.name() + " already.");
            }
        }
        tx.update(
                "insert into identity.ssh_keys (id, user_id, name, public_key, fingerprint, created_at)"
                        + " values ($1, $2, $3, $4, $5, $6)",
                id,
                userId,
                name,
                line,
                fingerprint,
                clock.instant());
        return tx.queryOne("select * from identity.ssh_keys where id = $1", UserSshKeys::key, id)
                .orElseThrow();
    }

    /** One that is gone already is as good as deleted. */
    Nothing delete(DeleteSshKey wish) {
        database.run(tx ->
                tx.update("delete from identity.ssh_keys where id = $1 and user_id = $2", wish.keyId(), wish.userId()));
        return Nothing.NOTHING;
    }

    private static List<SshKey> list(Transaction tx, UUID userId) {
        return tx.query(
                "select * from identity.ssh_keys where user_id = $1 order by lower(name)", UserSshKeys::key, userId);
    }

    private static SshKey key(Row row) {
        String line = row.text("public_key");
        return new SshKey(
                row.uuid("id"),
                row.text("name"),
                line,
                SshPublicKey.parse(line).type(),
                row.text("fingerprint"),
                row.instant("created_at"));
    }
}
