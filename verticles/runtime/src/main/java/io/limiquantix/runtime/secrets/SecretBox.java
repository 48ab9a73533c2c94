package io.limiquantix.runtime.secrets;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals what must not be readable in the database or its backups: AES-256 in Galois/Counter Mode with a random nonce before
 * the ciphertext (NIST SP 800-38D). Safe for any thread.
 */
public final class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CHECK = "This is the key of the installation.";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(SecretKey key) {
        this.key = key;
    }

    /**
     * Reads or makes the key and compares it with the one that the database knows.
     *
     * @throws IllegalStateException when what is stored was sealed with another key
     */
    public static SecretBox open(Path keyFile, Database database) {
        SecretBox box = new SecretBox(SecretKeyFile.readOrMake(keyFile));
        byte[] known = database.transaction(box::known);
        if (!box.opens(known)) {
            throw new IllegalStateException("The key in " + keyFile + " is not the one that this installation's secrets"
                    + " are encrypted with. Copy the file secrets.key from another control plane or from a backup.");
        }
        return box;
    }

    private byte[] known(Transaction tx) {
        tx.update(
                "insert into runtime.secret_key (sealed) values ($1) on conflict (single) do nothing",
                seal(CHECK, CHECK));
        return tx.queryOne("select sealed from runtime.secret_key", row -> row.bytes("sealed"))
                .orElseThrow();
    }

    private boolean opens(byte[] sealed) {
        try {
            return CHECK.equals(open(sealed, CHECK));
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** @param context what the text belongs to, for instance a row's id; it opens with the same context alone */
    public byte[] seal(String text, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret cannot be sealed", e);
        }
    }

    /** @throws IllegalStateException when it was sealed with another key or for another context, or changed */
    public String open(byte[] sealed, String context) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(sealed);
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] rest = new byte[bytes.remaining()];
            bytes.get(rest);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(rest), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw new IllegalStateException("a stored secret cannot be opened with this installation's key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
