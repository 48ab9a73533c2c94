package io.limiquantix.runtime.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a result, by column name; the plain accessors refuse NULL. */
public final class Row {
    private final io.vertx.sqlclient.Row row;

    Row(io.vertx.sqlclient.Row row) {
        this.row = row;
    }

    public String text(String column) {
        return present(column, row.getString(column));
    }

    public @Nullable String textOrNull(String column) {
        return row.getString(column);
    }

    public UUID uuid(String column) {
        return present(column, row.getUUID(column));
    }

    public @Nullable UUID uuidOrNull(String column) {
        return row.getUUID(column);
    }

    public long number(String column) {
        return present(column, row.getLong(column));
    }

    public @Nullable Long numberOrNull(String column) {
        return row.getLong(column);
    }

    public boolean flag(String column) {
        return present(column, row.getBoolean(column));
    }

    public boolean isNull(String column) {
        return row.getValue(column) == null;
    }

    public byte[] bytes(String column) {
        return present(column, row.getBuffer(column)).getBytes();
    }

    public Instant instant(String column) {
        return present(column, row.getOffsetDateTime(column)).toInstant();
    }

    public @Nullable Instant instantOrNull(String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** A {@code text[]} column. */
    public List<String> texts(String column) {
        return List.of(present(column, row.getArrayOfStrings(column)));
    }

    public <E extends Enum<E>> E constant(String column, Class<E> type) {
        return Enum.valueOf(type, text(column));
    }

    /** A {@code jsonb} column as the record that was stored with {@link Json#of}. */
    public <T> T json(String column, Class<T> type) {
        T value = jsonOrNull(column, type);
        return present(column, value);
    }

    public <T> @Nullable T jsonOrNull(String column, Class<T> type) {
        if (isNull(column)) {
            return null;
        }
        try {
            return Json.read(jsonText(column), type);
        } catch (IOException e) {
            throw new UncheckedIOException("column " + column + " does not hold a " + type.getSimpleName(), e);
        }
    }

    /** A {@code jsonb} column for whoever reads it later. */
    public String jsonText(String column) {
        return switch (present(column, row.getValue(column))) {
            case JsonObject object -> object.encode();
            case JsonArray array -> array.encode();
            default -> throw new IllegalStateException(column + " holds no JSON object or array");
        };
    }

    private static <T> T present(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL");
        }
        return value;
    }
}
