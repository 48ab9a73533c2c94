package io.limiquantix.images.copies;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks for hosts that can give an image's file. */
final class Sources {
    /** More are not tried: what fails so often is not the source's fault. */
    private static final int MOST = 4;

    private final Database database;
    private final Bus bus;
    private final CopyStore store = new CopyStore();

    Sources(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /**
     * A host that reads a copy.
     *
     * @param exportId the name of the file that it gives
     * @param sha256 of the copy's file, absent when nobody knows
     */
    record Source(
            UUID exportId,
            UUID poolId,
            UUID hostId,
            String hostName,
            @Nullable String sha256) {}

    /** In the order in which they are to be tried, at least one. */
    record Found(List<Source> sources) {
        Found {
            sources = List.copyOf(sources);
        }
    }

    /** @throws FailureException {@code UNAVAILABLE} while there is none */
    Found find(CopyTask.Input wanted, Caller caller) {
        Places places = Places.now(bus, caller);
        List<StoredCopy> copies = database.transaction(tx -> store.of(tx, wanted.imageId()));
        List<Source> found = copies.stream()
                .filter(StoredCopy::isReady)
                .flatMap(copy -> places.readers(copy).stream().map(host -> source(wanted, copy, host, places)))
                .sorted(byPreference(wanted))
                .limit(MOST)
                .toList();
        if (found.isEmpty()) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE,
                    "No host that has a copy of the image is up and can read it now; "
                            + "see the hosts and pools in which the image is.");
        }
        return new Found(found);
    }

    private static Source source(CopyTask.Input wanted, StoredCopy copy, UUID host, Places places) {
        UUID export = Uuid7.derived(wanted.copyId(), "from " + copy.id() + " by " + host);
        return new Source(export, copy.poolId(), host, places.hostName(host), copy.sha256());
    }

    /** The host itself costs no network; then those with the very bytes of the image; of equals, each copy asks another one first. */
    private static Comparator<Source> byPreference(CopyTask.Input wanted) {
        return Comparator.comparing((Source source) -> !source.hostId().equals(wanted.hostId()))
                .thenComparing(source -> !wanted.sha256().equals(source.sha256()))
                .thenComparing(Source::exportId);
    }

    boolean isUp(UUID hostId, Caller caller) {
        return Places.isUp(
                hostId,
                bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items());
    }
}
