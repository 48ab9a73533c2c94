package io.limiquantix.host.download;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.ImageArrival;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps what arrives, and knows whether it stays. */
final class Arrivals implements WebDownloads.Target {
    int begun;
    long room = Long.MAX_VALUE;
    private @Nullable Bytes last;

    @Override
    public ImageArrival begin() {
        begun++;
        last = new Bytes();
        return last;
    }

    @Override
    public void requireRoom(long bytes) {
        if (bytes > room) {
            throw FailureException.of(FailureCode.NO_CAPACITY, "No room.");
        }
    }

    byte[] kept() {
        return last == null || !last.complete ? new byte[0] : last.all.toByteArray();
    }

    boolean isLeft() {
        return last != null && (last.complete || last.open);
    }

    void forget() {
        last = null;
    }

    private static final class Bytes implements ImageArrival {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private boolean open = true;
        private boolean complete;

        @Override
        public void write(ByteBuffer block) {
            byte[] part = new byte[block.remaining()];
            block.get(part);
            all.writeBytes(part);
        }

        @Override
        public long bytesWritten() {
            return all.size();
        }

        @Override
        public String complete() {
            complete = true;
            return "";
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
