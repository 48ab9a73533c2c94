package io.limiquantix.gateway.viewer;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a socket by exact counts for a virtual thread, while the socket itself lives on its event loop. Asks the network
 * for more only when somebody waits for it, so a peer that floods is held up instead of being kept in memory.
 */
final class SocketPeer implements Peer {
    private final Context loop;
    private final NetSocket socket;
    private Buffer held = Buffer.buffer();
    private int wanted;
    private volatile long deadline;
    private @Nullable Promise<byte[]> reader;
    private boolean ended;

    private SocketPeer(Context loop, NetSocket socket, Duration patience) {
        this.loop = loop;
        this.socket = socket;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Gives it so much time from now on. */
    void extend(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
    }

    /** To be called on the socket's event loop, before any of its bytes was read. */
    static SocketPeer of(Context loop, NetSocket socket, Duration patience) {
        SocketPeer peer = new SocketPeer(loop, socket, patience);
        socket.pause();
        socket.handler(peer::arrived);
        socket.endHandler(end -> peer.end());
        socket.closeHandler(closed -> peer.end());
        return peer;
    }

    private void arrived(Buffer bytes) {
        // One buffer at a time: a flood waits in the network.
        socket.pause();
        held.appendBuffer(bytes);
        serve();
    }

    private void end() {
        ended = true;
        serve();
    }

    private void serve() {
        Promise<byte[]> waiting = reader;
        if (waiting == null) {
            return;
        }
        if (held.length() >= wanted) {
            reader = null;
            byte[] bytes = held.getBytes(0, wanted);
            held = held.getBuffer(wanted, held.length());
            waiting.complete(bytes);
        } else if (ended) {
            reader = null;
            waiting.fail(new PeerGoneException("it has gone away"));
        } else {
            socket.resume();
        }
    }

    @Override
    public byte[] read(int count) {
        Promise<byte[]> promise = Promise.promise();
        loop.runOnContext(unused -> {
            wanted = count;
            reader = promise;
            serve();
        });
        return await(promise.future());
    }

    @Override
    public void write(byte[] bytes) {
        loop.runOnContext(unused -> socket.write(Buffer.buffer(bytes)).onFailure(e -> end()));
    }

    @Override
    public void startTls(byte[] lastPlain) {
        Promise<Void> promise = Promise.promise();
        loop.runOnContext(unused -> {
            if (held.length() > 0) {
                promise.fail(new PeerGoneException("it sent bytes before TLS that would count as sent within"));
            } else {
                socket.upgradeToSsl(Buffer.buffer(lastPlain)).onComplete(promise);
            }
        });
        await(promise.future());
    }

    /** What was read and not asked for; on the event loop. Absent when the socket has ended meanwhile. */
    @Nullable
    Buffer rest() {
        return ended ? null : held;
    }

    // What a future failed with may be anything.
    @SuppressWarnings("CatchingUnchecked")
    private <T> T await(Future<T> future) {
        try {
            return future.await(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        } catch (PeerGoneException e) {
            throw e;
        } catch (TimeoutException e) {
            throw new PeerGoneException("it is too slow", e);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new PeerGoneException(String.valueOf(e.getMessage()), e);
        }
    }
}
