package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.changes.ChangeEntry;
import io.limiquantix.runtime.changes.ChangeFeed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people call the VMs: asked once, and again after a change. Safe for any thread. */
public final class VmNames {
    private static final Logger LOG = LoggerFactory.getLogger(VmNames.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String KIND = "vm";
    /** More than so many are listed instead of asked for one by one. */
    private static final int FEW = 50;

    private static final int PAGE = 1_000;

    private final Bus bus;
    private final Map<UUID, String> names = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AutoCloseable listening;

    public VmNames(Bus bus, ChangeFeed feed) {
        this.bus = bus;
        this.listening = feed.listen(this::changed);
    }

    private void changed(ChangeEntry entry) {
        if (entry.kind().equals(KIND) && names.containsKey(entry.objectId())) {
            changed.add(entry.objectId());
        }
    }

    /** The names of those that are there; blocks. While compute does not answer, as far as they were known before. */
    Map<UUID, String> of(Set<UUID> vmIds) {
        names.keySet().retainAll(vmIds);
        changed.retainAll(vmIds);
        Set<UUID> wanted = ConcurrentHashMap.newKeySet();
        wanted.addAll(changed);
        vmIds.stream().filter(id -> !names.containsKey(id)).forEach(wanted::add);
        try {
            if (wanted.size() > FEW) {
                list(wanted);
            } else {
                wanted.forEach(this::ask);
            }
        } catch (FailureException e) {
            LOG.warn("the names of VMs cannot be asked now; metrics have those that were known", e);
        }
        return new HashMap<>(names);
    }

    private static Caller caller() {
        return Caller.of(Actor.platform("gateway"), PATIENCE);
    }

    private void list(Set<UUID> wanted) {
        // Whatever changes from now on is asked for again.
        changed.removeAll(wanted);
        @Nullable String cursor = null;
        do {
            var vms = bus.request(
                    ComputeApi.LIST, new ComputeApi.ListVms(new Page(cursor, PAGE), null).withTemplates(), caller());
            for (VmView vm : vms.items()) {
                if (wanted.contains(vm.id())) {
                    names.put(vm.id(), vm.spec().name());
                }
            }
            cursor = vms.nextCursor();
        } while (cursor != null);
    }

    private void ask(UUID vmId) {
        changed.remove(vmId);
        try {
            names.put(
                    vmId,
                    bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), caller())
                            .spec()
                            .name());
        } catch (FailureException e) {
            if (e.code() != FailureCode.NOT_FOUND) {
                throw e;
            }
            names.remove(vmId);
        }
    }

    /** Hears of no change any more. */
    public void stop() throws Exception {
        listening.close();
    }
}
