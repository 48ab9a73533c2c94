package io.limiquantix.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.Past.Before;
import io.limiquantix.gateway.contract.InvalidRequestException;
import io.limiquantix.gateway.history.Share.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of what three keep, each with the order that it has in the database. */
class HistoryPagesTest {
    private static final Comparator<Placed> ORDER = Comparator.comparing(Placed::place, Place.NEWEST_FIRST)
            .thenComparing(
                    Comparator.comparing((Placed one) -> one.place().id()).reversed());

    private static Placed placed(Instant at, Category category, String id) {
        return new Placed(
                new Place(at, category, id),
                new Entry(category + id, at, category, "x", null, null, null, null, null, null, null, null, null));
    }

    /** Many at the same few moments, so that pages end among them. */
    private static List<Placed> random(Random random) {
        List<Category> categories = List.of(Category.values());
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Category category = categories.get(random.nextInt(categories.size()));
            String id =
                    category == Category.TASK ? "00000000-0000-7000-8000-%012d".formatted(i) : String.valueOf(100 + i);
            all.add(placed(Instant.ofEpochSecond(0, 1_000L * random.nextInt(9)), category, id));
        }
        all.sort(ORDER);
        return all;
    }

    /** As the one who keeps a category answers. */
    private static Share share(List<Placed> all, Category category, @Nullable Before before, int limit) {
        List<Placed> found = all.stream()
                .filter(one -> one.place().category() == category && (before == null || isBefore(one.place(), before)))
                .toList();
        return new Share(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }

    private static boolean isBefore(Place place, Before before) {
        String id = before.id();
        return place.at().isBefore(before.at())
                || (place.at().equals(before.at()) && id != null && place.id().compareTo(id) < 0);
    }

    private static List<Placed> readAll(List<Placed> all, int limit, int fitting) {
        List<Placed> read = new ArrayList<>();
        @Nullable Place after = null;
        while (true) {
            @Nullable Place place = after;
            List<Share> shares = Stream.of(Category.values())
                    .map(one -> share(all, one, place == null ? null : place.before(one), Math.min(limit, fitting)))
                    .toList();
            Share.Merged page = Share.merge(shares, limit);
            read.addAll(page.items());
            if (!page.more()) {
                return read;
            }
            assertThat(page.items()).as("each page brings one further").isNotEmpty();
            after = Place.of(page.items().getLast().place().cursor());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 59, 60, 61, 500})
    void thePagesTogetherAreEverythingOnce(int limit) {
        for (int seed = 0; seed < 50; seed++) {
            List<Placed> all = random(new Random(seed));
            assertThat(readAll(all, limit, 500)).as("seed %d", seed).isEqualTo(all);
        }
    }

    @Test
    void whoSendsFewerThanWereAskedForHoldsThePageUpThere() {
        List<Placed> all = random(new Random(7));
        assertThat(readAll(all, 20, 3)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.EVENT", "1.EVENT.x", "1.TASK.7", "1.OTHER.7", "1.ACTION.-7", "x.EVENT.1"})
    void aCursorOfAnotherListIsRefused(String cursor) {
        assertThatThrownBy(() -> Place.of(cursor))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cursor");
    }
}
