package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.ListVms;
import io.limiquantix.bus.compute.ComputeApi.VmSort;
import io.limiquantix.bus.compute.ComputeApi.VmState;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of VMs by each of what they are sorted and filtered by. */
class VmListIT {
    private static final UUID ELSEWHERE = UUID.fromString("0192e000-0000-7000-8000-0000000000aa");

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    /** What each VM is sorted by in the tests, as the database has it. */
    private record Known(
            String name, long memory, long vcpus, String state, String folder, String system, String host) {}

    private final List<Known> all = new ArrayList<>();

    @BeforeEach
    void makeThem() {
        UUID first = compute.running("pattern").id();
        for (int i = 0; i < 30; i++) {
            Known one = new Known(
                    "Vm-" + (char) ('z' - i % 26) + i,
                    (1L + i % 4) << 30,
                    1 + i % 3,
                    i % 5 == 0 ? "LOST" : i % 2 == 0 ? "STOPPED" : "RUNNING",
                    i % 3 == 0 ? "" : "team/" + i % 4,
                    i % 2 == 0 ? "" : "Debian " + i % 7,
                    i % 6 == 0 ? "elsewhere" : "");
            add(first, one);
            all.add(one);
        }
        compute.plane.controlPlane().database().update("delete from compute.vms where id = $1", first);
    }

    private void add(UUID pattern, Known one) {
        compute.plane
                .controlPlane()
                .database()
                .update(
                        "insert into compute.vms (id, name, spec, digest, phase, power_state, state_reason, host_id, disks,"
                                + " nics, guest) select gen_random_uuid(), $2, jsonb_strip_nulls(spec || jsonb_build_object("
                                + "'name', $2::text, 'memoryBytes', $3::bigint, 'vcpus', $4::bigint, 'folder', nullif($5, ''))),"
                                + " digest, case $6 when 'LOST' then 'LOST' else 'READY' end,"
                                + " case $6 when 'LOST' then 'UNKNOWN' else $6 end, '', case $8 when '' then null else '"
                                + ELSEWHERE + "'::uuid end, disks, nics, case $7 when '' then null else"
                                + " jsonb_build_object('vmId', id, 'answered', true, 'operatingSystem', $7::text,"
                                + " 'addresses', '[]'::jsonb) end from compute.vms where id = $1",
                        pattern,
                        one.name(),
                        one.memory(),
                        one.vcpus(),
                        one.folder(),
                        one.state(),
                        one.system(),
                        one.host());
    }

    @AfterEach
    void stop() {
        compute.close();
    }

    @ParameterizedTest
    @EnumSource(VmSort.class)
    void eachOrderIsReadForwardsAndBackwards(VmSort sort) {
        for (boolean descending : List.of(false, true)) {
            List<String> forwards = new ArrayList<>();
            List<List<String>> pages = new ArrayList<>();
            ComputeApi.Vms page = list(wish(sort, descending, null));
            assertThat(page.previousCursor()).isNull();
            assertThat(page.total()).isEqualTo(30);
            pages.add(names(page));
            while (page.nextCursor() != null) {
                page = list(wish(sort, descending, page.nextCursor()));
                pages.add(names(page));
            }
            pages.forEach(forwards::addAll);
            assertThat(forwards).isEqualTo(expected(sort, descending));
            for (int before = pages.size() - 2; before >= 0; before--) {
                page = list(wish(sort, descending, page.previousCursor()));
                assertThat(names(page)).isEqualTo(pages.get(before));
                assertThat(page.nextCursor()).isNotNull();
            }
            assertThat(page.previousCursor()).isNull();
        }
    }

    private List<String> expected(VmSort sort, boolean descending) {
        Comparator<Known> byName = Comparator.comparing(one -> one.name().toLowerCase(Locale.ROOT));
        Comparator<Known> order =
                switch (sort) {
                    // They were made in this order; the name decides where two were made at once.
                    case NAME -> byName;
                    case CREATED -> Comparator.comparing(all::indexOf);
                    case STATE -> Comparator.comparing(Known::state).thenComparing(byName);
                    case VCPUS -> Comparator.comparing(Known::vcpus).thenComparing(byName);
                    case MEMORY -> Comparator.comparing(Known::memory).thenComparing(byName);
                    // The host elsewhere has no name here.
                    case HOST -> byName;
                    case FOLDER -> Comparator.comparing(Known::folder).thenComparing(byName);
                    case SYSTEM ->
                        Comparator.<Known, String>comparing(one -> one.system().toLowerCase(Locale.ROOT))
                                .thenComparing(byName);
                };
        List<String> names =
                new ArrayList<>(all.stream().sorted(order).map(Known::name).toList());
        if (descending) {
            Collections.reverse(names);
        }
        return names;
    }

    @Test
    void filtersAreTakenTogetherAndCounted() {
        var wish = new ListVms(
                new Page(null, 2),
                "vm-",
                "team",
                null,
                VmState.RUNNING,
                null,
                null,
                "DEBIAN",
                VmSort.NAME,
                false,
                true,
                null);
        ComputeApi.Vms page = list(wish);
        List<String> expected = all.stream()
                .filter(one -> one.state().equals("RUNNING"))
                .filter(one -> one.folder().startsWith("team"))
                .filter(one -> one.system().startsWith("Debian"))
                .map(Known::name)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        assertThat(expected).hasSizeGreaterThan(2);
        assertThat(page.total()).isEqualTo(expected.size());
        assertThat(names(page)).isEqualTo(expected.subList(0, 2));
    }

    @Test
    void theyAreFoundByTheirHostAndPool() {
        assertThat(count(ELSEWHERE, null)).isEqualTo(5);
        assertThat(count(null, world.poolId)).isEqualTo(30);
        assertThat(count(null, ELSEWHERE)).isZero();
    }

    private long count(@Nullable UUID host, @Nullable UUID pool) {
        ComputeApi.Vms page =
                list(new ListVms(Page.FIRST, null, null, null, null, host, pool, null, null, false, true, null));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "bnVsbA", "e30", "W10"})
    void aCursorOfSomethingElseIsRefused(String cursor) {
        assertThatThrownBy(() -> list(wish(VmSort.NAME, false, cursor))).hasMessageContaining("cursor");
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        String cursor = list(wish(VmSort.NAME, false, null)).nextCursor();
        assertThatThrownBy(() -> list(wish(VmSort.MEMORY, false, cursor))).hasMessageContaining("in this order");
        assertThatThrownBy(() -> list(wish(VmSort.NAME, true, cursor))).hasMessageContaining("in this order");
    }

    private static ListVms wish(VmSort sort, boolean descending, @Nullable String cursor) {
        return new ListVms(new Page(cursor, 7), null, null, null, null, null, null, null, sort, descending, true, null);
    }

    private ComputeApi.Vms list(ListVms wish) {
        return compute.plane.bus().request(ComputeApi.LIST, wish, TestControlPlane.caller());
    }

    private static List<String> names(ComputeApi.Vms page) {
        return Stream.of(page)
                .flatMap(each -> each.items().stream())
                .map(vm -> vm.spec().name())
                .toList();
    }
}
