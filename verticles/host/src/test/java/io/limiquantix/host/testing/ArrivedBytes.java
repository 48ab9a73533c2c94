package io.limiquantix.host.testing;

import io.limiquantix.storage.driver.ImageArrival;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Keeps what arrives, and knows whether it would stay. */
public final class ArrivedBytes implements ImageArrival {
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

    public byte[] bytes() {
        return all.toByteArray();
    }

    public boolean isComplete() {
        return complete;
    }

    /** Whether a pool would still have something of it. */
    public boolean isLeft() {
        return complete || open;
    }
}
