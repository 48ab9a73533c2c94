package io.limiquantix.runtime.changes;

import java.util.Optional;

/** A place in the order of changes; its text form is what a client sends as {@code Last-Event-ID}. */
public record ChangeCursor(long transaction, long id) implements Comparable<ChangeCursor> {

    public static Optional<ChangeCursor> parse(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new ChangeCursor(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }

    @Override
    public int compareTo(ChangeCursor other) {
        int byTransaction = Long.compare(transaction, other.transaction);
        return byTransaction != 0 ? byTransaction : Long.compare(id, other.id);
    }

    @Override
    public String toString() {
        return transaction + "-" + id;
    }
}
