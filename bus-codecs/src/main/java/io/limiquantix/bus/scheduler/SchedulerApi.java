package io.limiquantix.bus.scheduler;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.ServiceAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts and places on them. */
public final class SchedulerApi {
    /** Finds a host and keeps room on it; the same VM asked again gets its first answer. */
    public static final ServiceAddress<Reserve, Reservation> RESERVE =
            ServiceAddress.changing("scheduler.reserve", Reserve.class, Reservation.class);

    /** Makes the room that is kept for a VM so large, on the host that it has; more is refused where there is none left. */
    public static final ServiceAddress<Resize, Nothing> RESIZE =
            ServiceAddress.changing("scheduler.resize", Resize.class, Nothing.class);

    /** Gives the room back; success when there is none. */
    public static final ServiceAddress<Release, Nothing> RELEASE =
            ServiceAddress.changing("scheduler.release", Release.class, Nothing.class);

    /**
     * Keeps as much room as a VM has for it on another host too, to which it moves; success when it is kept there already. Refused where
     * there is none left.
     */
    public static final ServiceAddress<ReserveArrival, Reservation> RESERVE_ARRIVAL =
            ServiceAddress.changing("scheduler.reserve-arrival", ReserveArrival.class, Reservation.class);

    /** Whether there would be room for that. */
    public static final ServiceAddress<ReserveArrival, ArrivalRoom> LOOK_FOR_ROOM =
            ServiceAddress.reading("scheduler.look-for-room", ReserveArrival.class, ArrivalRoom.class);

    /** Makes the room that is kept for an arrival the VM's only one, or gives it back; success when none is kept there. */
    public static final ServiceAddress<EndArrival, Nothing> END_ARRIVAL =
            ServiceAddress.changing("scheduler.end-arrival", EndArrival.class, Nothing.class);

    /** The VMs that have had a place for a while, in the order of their ids. */
    public static final ServiceAddress<ListPlaced, Placed> LIST_PLACED =
            ServiceAddress.reading("scheduler.list-placed", ListPlaced.class, Placed.class);

    public static final ServiceAddress<Nothing, Hosts> LIST_HOSTS =
            ServiceAddress.reading("scheduler.list-hosts", Nothing.class, Hosts.class);
    public static final ServiceAddress<Host, HostView> GET_HOST =
            ServiceAddress.reading("scheduler.get-host", Host.class, HostView.class);

    private SchedulerApi() {}

    /**
     * @param hostId the one host that is acceptable, where the user chose
     * @param candidateHosts hosts that reach the disks' pools; absent when any will do
     * @param preferredHosts those of them that need no copy of an image first; absent: nobody cares
     */
    public record Reserve(
            UUID vmId,
            int vcpus,
            long memoryBytes,
            List<String> networks,
            @Nullable UUID hostId,
            @Nullable HostSet candidateHosts,
            @Nullable HostSet preferredHosts) {
        public Reserve {
            networks = List.copyOf(networks);
        }

        /** Where no host is better than another. */
        public Reserve(
                UUID vmId,
                int vcpus,
                long memoryBytes,
                List<String> networks,
                @Nullable UUID hostId,
                @Nullable HostSet candidateHosts) {
            this(vmId, vcpus, memoryBytes, networks, hostId, candidateHosts, null);
        }
    }

    public record Reservation(UUID vmId, UUID hostId, String hostName) {}

    /** Some hosts, perhaps none. */
    public record HostSet(List<UUID> hostIds) {
        public HostSet {
            hostIds = List.copyOf(hostIds);
        }
    }

    public record Resize(UUID vmId, int vcpus, long memoryBytes) {}

    public record Release(UUID vmId) {}

    /** @param networks which the host has to have without us */
    public record ReserveArrival(UUID vmId, UUID hostId, List<String> networks) {
        public ReserveArrival {
            networks = List.copyOf(networks);
        }
    }

    /** @param problem why there is none, in sentences */
    public record ArrivalRoom(@Nullable String problem) {}

    /** @param arrived whether the VM is there now */
    public record EndArrival(UUID vmId, UUID hostId, boolean arrived) {}

    /**
     * @param heldSeconds for how long at least
     * @param after where the previous page ended, absent for the first
     */
    public record ListPlaced(long heldSeconds, @Nullable UUID after) {}

    /** Some VMs; none when there are no more. */
    public record Placed(List<UUID> vmIds) {
        public Placed {
            vmIds = List.copyOf(vmIds);
        }
    }

    public record Host(UUID hostId) {}

    public record Hosts(List<HostView> items) {
        public Hosts {
            items = List.copyOf(items);
        }
    }
}
