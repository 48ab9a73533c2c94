package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.GuestAgent.Ending;
import io.limiquantix.host.libvirt.KeptMemories;
import io.limiquantix.host.storage.ChainedVolumes;
import io.limiquantix.host.storage.FormerNames;
import io.limiquantix.runtime.bus.Caller;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests about domains. Each answers what libvirt says of the domain after it. */
final class DomainRequests {
    private static final Logger LOG = LoggerFactory.getLogger(DomainRequests.class);

    private final Domains domains;
    private final GuestAgent agent;
    private final DomainInventory inventory;
    private final DomainPlacement placement;
    private final ChainedVolumes volumes;
    private final KeptMemories memories;
    private final Predicate<UUID> arriving;
    private final FormerNames formerNames;

    /** @param arriving whether a domain is on its way from another host; only its migration lets it run, or it could run twice */
    DomainRequests(
            Domains domains,
            GuestAgent agent,
            DomainInventory inventory,
            DomainPlacement placement,
            ChainedVolumes volumes,
            KeptMemories memories,
            Predicate<UUID> arriving,
            FormerNames formerNames) {
        this.formerNames = formerNames;
        this.domains = domains;
        this.agent = agent;
        this.inventory = inventory;
        this.placement = placement;
        this.volumes = volumes;
        this.memories = memories;
        this.arriving = arriving;
    }

    void serve(HostRequests requests) {
        requests.perform(DomainApi.DEFINE, this::define);
        requests.perform(DomainApi.START, (r, c) -> after(r, c, arrived(this::start)));
        requests.perform(DomainApi.SHUT_DOWN, this::shutDown);
        requests.performAtMostOnce(DomainApi.REBOOT, this::reboot, this::lookAfter);
        requests.perform(DomainApi.FORCE_STOP, (r, c) -> after(r, c, domains::forceStop));
        requests.performAtMostOnce(DomainApi.RESET, (r, c) -> make(r, c, arrived(domains::reset)), this::lookAfter);
        requests.perform(DomainApi.PAUSE, (r, c) -> after(r, c, domains::pause));
        requests.perform(DomainApi.RESUME, (r, c) -> after(r, c, arrived(domains::resume)));
        requests.perform(DomainApi.UNDEFINE, (r, c) -> after(r, c, this::undefine));
        requests.answer(DomainApi.GET, (r, c) -> inventory.look(r.vmId(), c.deadline()));
    }

    private interface Change {
        void make(UUID vmId, Instant deadline);
    }

    private Change arrived(Change change) {
        return (vmId, deadline) -> {
            requireArrived(vmId);
            change.make(vmId, deadline);
        };
    }

    private void requireArrived(UUID vmId) {
        if (arriving.test(vmId)) {
            throw FailureException.conflict(
                    "The virtual machine is being moved and has not arrived on this host yet. Wait"
                            + " for the end of the move, or cancel it.");
        }
    }

    private DomainReport after(DomainApi.Domain request, Caller caller, Change change) {
        make(request, caller, change);
        return lookAfter(request, caller);
    }

    /** Whatever is asked for instead, the guest is not stopping any more. */
    private void make(DomainApi.Domain request, Caller caller, Change change) {
        change.make(request.vmId(), caller.deadline());
        inventory.stopNoLongerAsked(request.vmId());
    }

    private DomainReport lookAfter(DomainApi.Domain request, Caller caller) {
        return Certainty.afterChange(() -> inventory.look(request.vmId(), caller.deadline()));
    }

    private void start(UUID vmId, Instant deadline) {
        formerNames.remove(vmId, deadline);
        volumes.start(vmId, deadline);
    }

    private void undefine(UUID vmId, Instant deadline) {
        domains.findDefinition(vmId, deadline)
                .filter(definition -> !definition.adoption().volumes().isEmpty())
                .ifPresent(_ -> volumes.stop(vmId, deadline));
        formerNames.remove(vmId, deadline);
        volumes.undefine(vmId, deadline);
        memories.forgetAll(vmId);
    }

    private DomainReport define(DomainApi.Define request, Caller caller) {
        requireArrived(request.spec().vmId());
        DomainPlacement.Placed placed = placement.of(request.spec(), caller.deadline());
        domains.define(placed.spec(), placed.place(), caller.deadline());
        return lookAfter(new DomainApi.Domain(request.spec().vmId()), caller);
    }

    private DomainReport shutDown(DomainApi.Domain request, Caller caller) {
        UUID vmId = request.vmId();
        PowerState state = stateBefore(vmId, caller);
        boolean runs = state == PowerState.RUNNING || state == PowerState.STOPPING;
        if (runs) {
            inventory.stopAsked(vmId);
        }
        if (runs && agent.end(vmId, Ending.SHUT_DOWN, caller.deadline())) {
            forgetReboot(vmId, caller.deadline());
        } else {
            domains.shutDown(vmId, caller.deadline());
        }
        return lookAfter(request, caller);
    }

    /**
     * A guest that did not heed an earlier reboot would be started again when it ends, unless its power button is pressed as
     * well: that is how libvirt learns that the guest is to stay off.
     */
    private void forgetReboot(UUID vmId, Instant deadline) {
        try {
            domains.shutDown(vmId, deadline);
        } catch (FailureException e) {
            LOG.info("the power button of {} could not be pressed; its agent ends it", vmId, e);
        }
    }

    private void reboot(DomainApi.Domain request, Caller caller) {
        UUID vmId = request.vmId();
        requireArrived(vmId);
        boolean told =
                stateBefore(vmId, caller) == PowerState.RUNNING && agent.end(vmId, Ending.REBOOT, caller.deadline());
        if (!told) {
            domains.reboot(vmId, caller.deadline());
        }
        inventory.stopNoLongerAsked(vmId);
    }

    private PowerState stateBefore(UUID vmId, Caller caller) {
        return Certainty.beforeChange(
                () -> inventory.look(vmId, caller.deadline()).state());
    }
}
