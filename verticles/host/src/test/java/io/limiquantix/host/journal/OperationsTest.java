package io.limiquantix.host.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations that are asked for again, also after a restart. */
class OperationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REWRITE_AFTER = 4;

    private final Path file;
    private final UUID operation = UUID.randomUUID();
    private final AtomicInteger changes = new AtomicInteger();
    private OperationJournal journal;
    private Operations operations;

    OperationsTest(@TempDir Path folder) {
        this.file = folder.resolve("journal");
        this.journal = OperationJournal.open(file, REWRITE_AFTER);
        this.operations = new Operations(journal);
    }

    private void restart() {
        journal.close();
        journal = OperationJournal.open(file, REWRITE_AFTER);
        operations = new Operations(journal);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void looksAgainWhereOnlyTheLookFailed() {
        refused(
                FailureCode.TIMEOUT,
                () -> reset(changes::incrementAndGet, () -> {
                    throw failure(FailureCode.TIMEOUT);
                }));
        restart();
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        assertThat(changes).hasValue(1);
    }

    @Test
    void doesNotRepeatWhatMayHaveHappened() {
        refused(FailureCode.TIMEOUT, () -> reset(() -> failAfterChange(FailureCode.TIMEOUT), () -> Nothing.NOTHING));
        restart();
        for (int i = 0; i < 2; i++) {
            refused(FailureCode.HYPERVISOR, () -> reset(changes::incrementAndGet, () -> Nothing.NOTHING));
        }
        assertThat(changes).hasValue(1);
    }

    @Test
    void repeatsWhatCertainlyDidNotHappen() {
        refused(
                FailureCode.UNAVAILABLE,
                () -> reset(
                        () -> {
                            throw failure(FailureCode.UNAVAILABLE);
                        },
                        () -> Nothing.NOTHING));
        restart();
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        assertThat(changes).hasValue(1);
    }

    @Test
    void callsUnknownWhatAnEarlierTryIsStillDoing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> reset(
                    () -> {
                        begun.countDown();
                        await(end);
                        changes.incrementAndGet();
                    },
                    () -> Nothing.NOTHING));
            await(begun);
            var hasty = new Operations.Identity(operation, null, Instant.now());
            refused(
                    FailureCode.TIMEOUT,
                    () -> operations.atMostOnce(hasty, Nothing.class, changes::incrementAndGet, () -> Nothing.NOTHING));
            end.countDown();
            first.get();
        }
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        assertThat(changes).hasValue(1);
    }

    @Test
    void goesOnWhenTheJournalCannotBeShortened() throws IOException {
        Files.createDirectory(file.resolveSibling("journal.new"));
        for (int i = 0; i <= 2 * REWRITE_AFTER; i++) {
            var identity = new Operations.Identity(
                    UUID.randomUUID(), null, Instant.now().plus(PATIENCE));
            operations.once(identity, Nothing.class, () -> Nothing.NOTHING);
        }
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        restart();
        reset(changes::incrementAndGet, () -> Nothing.NOTHING);
        assertThat(changes).hasValue(1);
    }

    @Test
    void remembersAcrossARewriteWhatMayHaveHappened() {
        refused(FailureCode.TIMEOUT, () -> reset(() -> failAfterChange(FailureCode.TIMEOUT), () -> Nothing.NOTHING));
        for (int i = 0; i <= 2 * REWRITE_AFTER; i++) {
            var identity = new Operations.Identity(
                    UUID.randomUUID(), null, Instant.now().plus(PATIENCE));
            operations.once(identity, Nothing.class, () -> Nothing.NOTHING);
        }
        restart();
        refused(FailureCode.HYPERVISOR, () -> reset(changes::incrementAndGet, () -> Nothing.NOTHING));
        assertThat(changes).hasValue(1);
    }

    private Nothing reset(Runnable change, Supplier<Nothing> look) {
        var identity = new Operations.Identity(operation, null, Instant.now().plus(PATIENCE));
        return operations.atMostOnce(identity, Nothing.class, change, look);
    }

    private void failAfterChange(FailureCode code) {
        changes.incrementAndGet();
        throw failure(code);
    }

    private static FailureException failure(FailureCode code) {
        return FailureException.of(code, "A fault of this test.");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
