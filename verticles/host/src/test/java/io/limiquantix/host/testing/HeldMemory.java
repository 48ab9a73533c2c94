package io.limiquantix.host.testing;

import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.StreamTicket;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What passes between hosts that are each alone on their bus while a guest moves; it can be held before the guest's memory passes. */
public final class HeldMemory {
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch reached = new CountDownLatch(0);

    /** From now on the source gets its tickets. */
    public void join(TestHost source, UUID targetId, Supplier<TestHost> target) {
        source.platform().bus().serve(HostMigrationApi.OPEN_CHANNEL, targetId, (request, caller) -> {
            StreamTicket ticket = target.get().ask(HostMigrationApi.OPEN_CHANNEL, request);
            if (request.channel() == Channel.MEMORY) {
                reached.countDown();
                await(held);
            }
            return ticket;
        });
    }

    /** The next one that comes so far is held there. */
    public void hold() {
        held = new CountDownLatch(1);
        reached = new CountDownLatch(1);
    }

    public void awaitHeld() {
        await(reached);
    }

    public void letGo() {
        held.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
