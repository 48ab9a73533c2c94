package io.limiquantix.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
    private final LiveStreams streams = new LiveStreams();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void allStreamsOfTheSessionEndOnceAndNoOthers() {
        streams.opened("a", closed::incrementAndGet);
        streams.opened("a", () -> closed.incrementAndGet());
        streams.opened("b", closed::incrementAndGet);
        streams.endOf("a");
        streams.endOf("a");
        assertThat(closed).hasValue(2);
        assertThat(streams.count()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndedByItselfIsForgotten() {
        streams.opened("a", closed::incrementAndGet).run();
        assertThat(streams.count()).isZero();
        streams.endOf("a");
        assertThat(closed).hasValue(0);
    }

    @Test
    void aStreamThatOpensAfterItsSessionEndedIsClosedAtOnce() {
        streams.endOf("a");
        streams.opened("a", closed::incrementAndGet);
        streams.opened("b", closed::incrementAndGet);
        assertThat(closed).hasValue(1);
        assertThat(streams.count()).isEqualTo(1);
    }
}
