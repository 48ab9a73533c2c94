package io.limiquantix.runtime.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final ServiceAddress<Nothing, Nothing> WORK =
            ServiceAddress.changing("test.work", Nothing.class, Nothing.class);
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.on(vertx);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Nothing ask() {
        return bus.request(WORK, Nothing.NOTHING, TestControlPlane.caller());
    }

    @Test
    void whatWasAskedIsStillAnsweredAndNothingIsTakenAnyMore() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        bus.serve(WORK, (request, caller) -> {
            asked.countDown();
            awaitLatch(done);
            return Nothing.NOTHING;
        });
        CompletableFuture<Nothing> answer = CompletableFuture.supplyAsync(this::ask, THREADS);
        asked.await();
        CompletableFuture<Void> withdrawal =
                CompletableFuture.runAsync(() -> bus.withdraw(Duration.ofSeconds(30)), THREADS);
        Eventually.get(() -> bus.isServed(WORK), served -> !served);
        assertThat(withdrawal).isNotDone();
        done.countDown();
        assertThat(answer.join()).isEqualTo(Nothing.NOTHING);
        withdrawal.join();
        assertThatThrownBy(this::ask).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.UNAVAILABLE));
    }

    @Test
    void anAddressThatIsRegisteredAnewIsServedOnce() {
        bus.serve(WORK, (request, caller) -> Nothing.NOTHING);
        bus.registrations().renew(WORK.address());
        assertThat(ask()).isEqualTo(Nothing.NOTHING);
        bus.withdraw(Duration.ofSeconds(1));
        assertThat(bus.isServed(WORK)).isFalse();
    }

    @Test
    void whatADatabaseThatIsAwayLeftUndoneIsUnknown() {
        bus.serve(WORK, (request, caller) -> {
            throw new DatabaseException(new IOException("Connection reset by peer"));
        });
        assertThatThrownBy(this::ask).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.TIMEOUT));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
