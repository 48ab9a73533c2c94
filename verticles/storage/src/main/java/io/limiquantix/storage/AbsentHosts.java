package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes pools from hosts that do not answer. Such a host may be cut off and work on: what it may still use stays its own. When it
 * is back, it reports a pool that it is not to have any more, and is made to close it.
 */
final class AbsentHosts {
    private static final int IMAGES_AT_A_TIME = 500;

    private final Database database;
    private final Bus bus;
    private final PoolHosts hosts;
    private final PoolStore store = new PoolStore();
    private final AttachmentStore attachments = new AttachmentStore();

    AbsentHosts(Database database, Bus bus, PoolHosts hosts) {
        this.database = database;
        this.bus = bus;
        this.hosts = hosts;
    }

    /** @throws FailureException {@code CONFLICT} while the host is up, or may use something of the pool */
    PoolView unassign(PoolView pool, UUID hostId, Caller caller) {
        String hostName = requireAbsent(pool, hostId, caller);
        Set<UUID> users = database.transaction(tx -> Set.copyOf(attachments.usersOf(tx, pool.id())));
        requireNoneThere(pool, hostId, hostName, users, caller);
        requireNoImages(pool, hostId, hostName, caller);
        return database.transaction(tx -> {
            store.lock(tx, pool.id());
            requireUnchanged(tx, pool, hostId, users);
            store.unassign(tx, pool.id(), hostId);
            return find(tx, pool.id());
        });
    }

    private PoolView find(Transaction tx, UUID poolId) {
        return store.find(tx, poolId).orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
    }

    /** The host's name. */
    private String requireAbsent(PoolView pool, UUID hostId, Caller caller) {
        Optional<HostView> host = hosts.known(caller).stream()
                .filter(each -> each.id().equals(hostId))
                .findFirst();
        host.filter(each -> each.state() == HostView.State.UP).ifPresent(each -> {
            throw FailureException.conflict("The host " + each.name() + " is up, so it has to give up the pool "
                    + pool.name() + " itself: take the pool from it without force.");
        });
        return host.map(HostView::name).orElseGet(hostId::toString);
    }

    private void requireNoneThere(PoolView pool, UUID hostId, String hostName, Set<UUID> users, Caller caller) {
        List<String> there = new ArrayList<>();
        for (UUID vmId : users) {
            find(vmId, caller)
                    .filter(vm -> hostId.equals(vm.hostId()))
                    .ifPresent(vm -> there.add(vm.spec().name()));
        }
        if (!there.isEmpty()) {
            throw FailureException.conflict(
                    "On the host " + hostName + " there are VMs with disks in the pool " + pool.name()
                            + ", which may still be running, as far as anybody knows: "
                            + there.stream().sorted().collect(Collectors.joining(", "))
                            + ". The host keeps the pool until it is back, or until these VMs are gone.");
        }
    }

    private Optional<VmView> find(UUID vmId, Caller caller) {
        try {
            return Optional.of(bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), caller));
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Where hosts do not share the pool, the bytes of an image are on one of them. */
    private void requireNoImages(PoolView pool, UUID hostId, String hostName, Caller caller) {
        if (pool.shared()) {
            return;
        }
        @Nullable String cursor = null;
        do {
            var query = new ImagesApi.ListImages(new Page(cursor, IMAGES_AT_A_TIME), null, null, null);
            ImagesApi.Images page = bus.request(ImagesApi.LIST, query, caller);
            page.items().stream()
                    .filter(image -> image.copies().stream()
                            .anyMatch(copy -> copy.poolId().equals(pool.id())
                                    && copy.hostId().equals(hostId)))
                    .findFirst()
                    .ifPresent(image -> {
                        throw FailureException.conflict("The pool " + pool.name() + " holds the image " + image.name()
                                + " on the host " + hostName + "; it would be lost from sight there.");
                    });
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private void requireUnchanged(Transaction tx, PoolView pool, UUID hostId, Set<UUID> users) {
        PoolView now = find(tx, pool.id());
        if (PoolAssignments.isOn(now, hostId)) {
            PoolAssignments.requireRemovable(tx, now, hostId);
        }
        if (!users.containsAll(new HashSet<>(attachments.usersOf(tx, pool.id())))) {
            throw FailureException.conflict(
                    "A VM has got a disk in the pool " + pool.name() + " meanwhile; try again.");
        }
    }
}
