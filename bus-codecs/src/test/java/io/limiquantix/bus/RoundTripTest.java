package io.limiquantix.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract keeps its value over the wire, with every field filled and with every optional absent. */
class RoundTripTest {

    static List<Class<? extends Record>> messages() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Wire.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(f -> f.toString().endsWith(".class"))
                    .map(f -> classes.relativize(f).toString().replace('/', '.').replaceAll("\\.class$", ""))
                    .<Class<?>>map(RoundTripTest::load)
                    .filter(Class::isRecord)
                    .filter(c -> c.getTypeParameters().length == 0 && !Destination.class.isAssignableFrom(c))
                    .<Class<? extends Record>>map(c -> c.asSubclass(Record.class))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void keepsItsValueWhenFull(Class<? extends Record> type) throws Exception {
        Record full = sample(type, true);
        assertThat(Wire.decodeReply(Wire.encode(Reply.of(full)), type).body()).isEqualTo(full);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void keepsItsValueWhenOptionalPartsAreAbsent(Class<? extends Record> type) throws Exception {
        Record sparse = sample(type, false);
        assertThat(Wire.decodeReply(Wire.encode(Reply.of(sparse)), type).body()).isEqualTo(sparse);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Wire.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Record sample(Class<? extends Record> type, boolean full) throws Exception {
        RecordComponent[] parts = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            boolean optional = Arrays.stream(parts[i].getAnnotatedType().getAnnotations())
                    .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
            values[i] = optional && !full ? null : value(parts[i].getGenericType(), full);
        }
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    private static Object value(Type type, boolean full) throws Exception {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return full ? List.of(value(arguments[0], true)) : List.of();
            }
            if (generic.getRawType() == Map.class) {
                Map<Object, Object> map = new LinkedHashMap<>();
                map.put(value(arguments[0], full), value(arguments[1], full));
                return map;
            }
            throw new AssertionError("no sample for " + type);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return sample(plain.asSubclass(Record.class), full);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        return switch (plain.getSimpleName()) {
            case "UUID" -> UUID.fromString("0198c0de-0000-7000-8000-000000000001");
            case "Instant" -> Instant.parse("2026-11-22T10:15:30.123456Z");
            case "String" -> "text ü \u0000";
            case "int", "Integer" -> 7;
            case "long", "Long" -> 1L << 40;
            case "double", "Double" -> 0.5;
            case "boolean", "Boolean" -> true;
            default -> throw new AssertionError("no sample for " + type);
        };
    }
}
