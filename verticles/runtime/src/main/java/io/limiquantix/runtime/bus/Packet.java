package io.limiquantix.runtime.bus;

import io.limiquantix.bus.Envelope;
import io.limiquantix.bus.Reply;
import io.limiquantix.bus.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A message on its way: the record itself within a process, its bytes between two; opened by who knows its class. */
final class Packet {
    /** Larger ones belong on a stream; Vert.x has no back-pressure on the bus. */
    static final int MAX_BYTES = 1 << 20;

    private final @Nullable Record message;
    private final byte[] bytes;

    private Packet(@Nullable Record message, byte[] bytes) {
        this.message = message;
        this.bytes = bytes;
    }

    static Packet of(Record message) {
        return new Packet(message, new byte[0]);
    }

    <B extends Record> Envelope<B> openEnvelope(Class<B> body) throws IOException {
        if (message instanceof Envelope<?> envelope) {
            requireBody(body, envelope.body());
            @SuppressWarnings("unchecked")
            var typed = (Envelope<B>) envelope;
            return typed;
        }
        return Wire.decodeEnvelope(bytes, body);
    }

    <B extends Record> Reply<B> openReply(Class<B> body) throws IOException {
        if (message instanceof Reply<?> reply) {
            if (reply.body() != null) {
                requireBody(body, reply.body());
            }
            @SuppressWarnings("unchecked")
            var typed = (Reply<B>) reply;
            return typed;
        }
        return Wire.decodeReply(bytes, body);
    }

    <E extends Record> E openEvent(Class<E> type) throws IOException {
        return message == null ? Wire.decode(bytes, type) : type.cast(message);
    }

    private static void requireBody(Class<?> expected, Record body) {
        if (!expected.isInstance(body)) {
            throw new ClassCastException(body.getClass() + " came where " + expected + " was expected");
        }
    }

    byte[] toBytes() {
        byte[] encoded = message == null ? bytes : Wire.encode(message);
        if (encoded.length > MAX_BYTES) {
            throw new IllegalArgumentException("a message of " + encoded.length
                    + " bytes is too large for the bus; bulk bytes go through a stream endpoint");
        }
        return encoded;
    }

    /** Registered once per Vert.x instance. */
    static final class Codec implements MessageCodec<Packet, Packet> {
        @Override
        public void encodeToWire(Buffer buffer, Packet packet) {
            byte[] encoded = packet.toBytes();
            buffer.appendInt(encoded.length).appendBytes(encoded);
        }

        @Override
        public Packet decodeFromWire(int position, Buffer buffer) {
            int length = buffer.getInt(position);
            return new Packet(null, buffer.getBytes(position + 4, position + 4 + length));
        }

        @Override
        public Packet transform(Packet packet) {
            return packet;
        }

        @Override
        public String name() {
            return "limiquantix";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
