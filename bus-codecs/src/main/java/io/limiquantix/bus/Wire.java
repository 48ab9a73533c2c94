package io.limiquantix.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * How records become bytes: CBOR (RFC 8949) between processes, JSON in the database and the API. Unknown fields are
 * ignored and absent lists are empty, so that neighbouring versions understand each other. The receiver always states
 * the class that it expects; no class name travels.
 */
public final class Wire {
    private static final ObjectMapper CBOR = configure(CBORMapper.builder());
    private static final ObjectMapper JSON = configure(JsonMapper.builder());

    private Wire() {}

    private static <M extends ObjectMapper> ObjectMapper configure(MapperBuilder<M, ?> builder) {
        M mapper = builder.addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
        var absentIsEmpty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper.configOverride(List.class).setSetterInfo(absentIsEmpty);
        mapper.configOverride(Map.class).setSetterInfo(absentIsEmpty);
        return mapper;
    }

    /** The JSON form that the database keeps and the API speaks; callers must not change the mapper. */
    public static ObjectMapper json() {
        return JSON;
    }

    public static byte[] encode(Record message) {
        try {
            return CBOR.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new UncheckedIOException(message.getClass() + " has no wire form", e);
        }
    }

    public static <B extends Record> Envelope<B> decodeEnvelope(byte[] bytes, Class<B> body) throws IOException {
        return CBOR.readValue(bytes, parametric(Envelope.class, body));
    }

    public static <B extends Record> Reply<B> decodeReply(byte[] bytes, Class<B> body) throws IOException {
        return CBOR.readValue(bytes, parametric(Reply.class, body));
    }

    public static <B extends Record> B decode(byte[] bytes, Class<B> type) throws IOException {
        return CBOR.readValue(bytes, type);
    }

    private static JavaType parametric(Class<?> outer, Class<?> inner) {
        return CBOR.getTypeFactory().constructParametricType(outer, inner);
    }
}
