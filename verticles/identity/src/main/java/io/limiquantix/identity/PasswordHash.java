package io.limiquantix.identity;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id as RFC 9106 describes it, with 19 MiB and two passes as OWASP advises, in the usual text form {@code
 * $argon2id$v=19$m=…,t=…,p=…$salt$hash}. One is computed at a time, on a thread of its own, so that a flood of log-ins
 * takes neither the memory of many nor the processors that everything else runs on; what does not fit into its queue is
 * refused.
 */
final class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int WAITING = 40;

    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("password-hash").daemon().factory());
    private final String nobodysHash;

    PasswordHash() {
        this.nobodysHash = of(new Secret("nobody has this password"));
    }

    String of(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, LANES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /**
     * Takes as long for a wrong password as for a right one, and for a user who does not exist, so that nobody learns from
     * the time which users there are.
     *
     * @param stored nothing when there is no such user
     */
    boolean matches(Secret password, Optional<String> stored) {
        boolean same = same(password, stored.orElse(nobodysHash));
        return same && stored.isPresent();
    }

    private boolean same(Secret password, String stored) {
        String[] parts = stored.split("\\$", -1);
        String[] costs = parts[3].split("[=,]", -1);
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] actual = compute(
                password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]), Integer.parseInt(costs[5]));
        return MessageDigest.isEqual(expected, actual);
    }

    private byte[] compute(Secret password, byte[] salt, int memoryKib, int passes, int lanes) {
        try {
            return worker.submit(() -> argon2id(password, salt, memoryKib, passes, lanes))
                    .get();
        } catch (RejectedExecutionException e) {
            throw new FailureException(
                    new Failure(
                            FailureCode.LIMITED,
                            "Too many people log in at this moment; try again in a few seconds.",
                            Map.of("retryAfterSeconds", "3")),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process is stopping", e);
        }
    }

    private static byte[] argon2id(Secret password, byte[] salt, int memoryKib, int passes, int lanes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.reveal().getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
