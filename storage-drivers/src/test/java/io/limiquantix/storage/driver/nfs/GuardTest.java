package io.limiquantix.storage.driver.nfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.guard.Guard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a caller sees of a file system that hangs; the hanging is done by a latch. */
class GuardTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch back = new CountDownLatch(1);

    /** A server that says nothing until it is back. */
    private final MountProbe silent = new MountProbe(
            command -> {
                looks.incrementAndGet();
                await(back);
                return "4096 100 50";
            },
            Path.of("/mnt"));

    private final MountProbe answering = new MountProbe(command -> "4096 100 50\n", Path.of("/mnt"));

    @Test
    void lastsAsLongAsTheServerAnswers() throws Exception {
        try (Guard guard = new Guard("test", "The server", answering::answers, PATIENCE)) {
            CountDownLatch end = new CountDownLatch(1);
            CompletableFuture<String> result = CompletableFuture.supplyAsync(() -> guard.call(() -> {
                await(end);
                return "done";
            }));
            end.countDown();
            assertThat(result.join()).isEqualTo("done");
        }
    }

    @Test
    void tellsThatTheServerIsSilentAndSendsOneProbeOnly() throws Exception {
        try (Guard guard = new Guard("test", "The server", silent::answers, PATIENCE)) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            assertThatThrownBy(() -> guard.run(() -> {
                        await(back);
                        done.complete(true);
                    }))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
            assertThat(looks).hasValue(1);
            assertThatThrownBy(() -> silent.ask(Duration.ofMillis(1)))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FAILED));
            back.countDown();
            assertThat(done.join()).isTrue();
            assertThat(silent.ask(Duration.ofSeconds(10)).freeBytes()).isEqualTo(50 * 4096);
        }
    }

    @Test
    void isTakenAwayOnlyWhileNobodyWorks() throws Exception {
        try (Guard guard = new Guard("test", "The server", answering::answers, PATIENCE)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger taken = new AtomicInteger();
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> guard.run(() -> {
                begun.countDown();
                await(end);
            }));
            begun.await();
            assertThatThrownBy(() -> guard.alone(Duration.ofMillis(1), taken::incrementAndGet))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
            assertThat(taken).hasValue(0);
            end.countDown();
            work.join();
            guard.alone(Duration.ofSeconds(10), taken::incrementAndGet);
            assertThat(taken).hasValue(1);
            assertThat(guard.call(() -> "done")).isEqualTo("done");
        }
    }

    @Test
    void throwsWhatTheWorkThrows() {
        try (Guard guard = new Guard("test", "The server", answering::answers, PATIENCE)) {
            assertThatThrownBy(() -> guard.run(() -> {
                        throw StorageException.notFound("There is none.");
                    }))
                    .hasMessage("There is none.");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
