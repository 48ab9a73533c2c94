package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskEpoch;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.host.storage.VolumeCopies.Work;
import io.limiquantix.runtime.testing.Eventually;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VolumeCopiesTest {
    private final UUID volume = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID task = UUID.randomUUID();
    private final VolumeCopies copies = new VolumeCopies(1);
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void saysHowFarACopyIsAndThatItWaitsForItsTurn() {
        var first = begin(volume, null, percent -> {
            percent.accept(41.7);
            return whenDone();
        });
        Eventually.holds(() -> copies.look(volume).percent() == 41);
        var second = begin(other, null, percent -> "second");
        Eventually.holds(() -> copies.look(other).state() == CopyState.WAITING);
        assertThat(copies.look(volume).state()).isEqualTo(CopyState.COPYING);
        done.countDown();
        assertThat(first.join()).isEqualTo("done");
        assertThat(second.join()).isEqualTo("second");
        assertThat(copies.look(volume).state()).isEqualTo(CopyState.NOT_HERE);
    }

    @Test
    void saysHowManyBytesHaveComeOfHowMany() {
        var copy = begin(volume, null, advance -> {
            advance.moved(7, null);
            advance.moved(30, 120L);
            return whenDone();
        });
        Eventually.holds(() -> new Moved(30, 120L).equals(copies.look(volume).moved()));
        assertThat(copies.look(volume).percent()).isEqualTo(25);
        done.countDown();
        assertThat(copy.join()).isEqualTo("done");
    }

    @Test
    void endsACopyAtWorkAndOneThatWaits() {
        var first = begin(volume, null, percent -> whenDone());
        Eventually.holds(() -> copies.look(volume).state() == CopyState.COPYING);
        var second = begin(other, null, percent -> "second");
        Eventually.holds(() -> copies.look(other).state() == CopyState.WAITING);
        copies.end(other, null);
        assertFailed(second, FailureCode.CANCELLED);
        copies.end(volume, null);
        assertFailed(first, FailureCode.CANCELLED);
        assertThat(begin(volume, null, percent -> "again").join()).isEqualTo("again");
    }

    @Test
    void anOlderRunOfATaskEndsNoCopyOfANewerOne() {
        var copy = begin(volume, new TaskEpoch(task, 2), percent -> whenDone());
        Eventually.holds(() -> copies.look(volume).state() == CopyState.COPYING);
        copies.end(volume, new TaskEpoch(task, 1));
        done.countDown();
        assertThat(copy.join()).isEqualTo("done");
    }

    @Test
    void makesOneCopyIntoAVolumeAtATime() {
        var copy = begin(volume, null, percent -> whenDone());
        Eventually.holds(() -> copies.look(volume).state() == CopyState.COPYING);
        assertFailed(begin(volume, null, percent -> "second"), FailureCode.UNAVAILABLE);
        done.countDown();
        assertThat(copy.join()).isEqualTo("done");
    }

    @Test
    void isToBeAskedForAgainWhenItsHostStops() {
        var copy = begin(volume, null, percent -> whenDone());
        Eventually.holds(() -> copies.look(volume).state() == CopyState.COPYING);
        copies.close();
        assertFailed(copy, FailureCode.UNAVAILABLE);
        assertFailed(begin(other, null, percent -> whenDone()), FailureCode.UNAVAILABLE);
    }

    @Test
    void failsAsItsWorkDoes() {
        assertFailed(
                begin(volume, null, percent -> {
                    throw FailureException.of(FailureCode.NO_CAPACITY, "The pool is full.");
                }),
                FailureCode.NO_CAPACITY);
    }

    private String whenDone() {
        try {
            done.await();
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException("as a killed tool", e);
        }
    }

    private CompletableFuture<String> begin(UUID into, @Nullable TaskEpoch epoch, Work<String> work) {
        return CompletableFuture.supplyAsync(
                () -> copies.make(into, epoch, work), Executors.newVirtualThreadPerTaskExecutor());
    }

    private static void assertFailed(CompletableFuture<String> copy, FailureCode code) {
        assertThatThrownBy(copy::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
