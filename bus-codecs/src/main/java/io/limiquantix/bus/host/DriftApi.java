package io.limiquantix.bus.host;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a host's domains are defined otherwise than we defined them: somebody used libvirt's own tools. */
public final class DriftApi {
    /**
     * Compares the definition that the domain is started from the next time with what is expected. {@code NOT_FOUND} when there is no such
     * domain. Not looked at are limits of disks, CD-ROM drives and what is protected of network cards.
     */
    public static final HostAddress<Expected, Drift> LOOK =
            HostAddress.reading("host.drift.look", Expected.class, Drift.class);

    /**
     * Takes what is not ours out of that definition: elements that we do not know, and disks and cards that are not expected or on
     * something else than expected. The domain that runs stays as it is.
     */
    public static final HostAddress<Expected, Nothing> TAKE_OUT =
            new HostAddress<>("host.drift.take-out", Expected.class, Nothing.class, Effect.CHANGE);

    private DriftApi() {}

    /**
     * @param disks all that it is to have; the seed is not among them
     * @param nics all that it is to have
     */
    public record Expected(DomainApi.EditDomain machine, List<DomainSpec.Disk> disks, List<DomainSpec.Nic> nics) {
        public Expected {
            disks = List.copyOf(disks);
            nics = List.copyOf(nics);
        }
    }

    /** @param differences none: it is as it is expected to be */
    public record Drift(List<Difference> differences) {
        public Drift {
            differences = List.copyOf(differences);
        }
    }

    /**
     * @param field as the API names it, {@code disks.vdb.bus}, {@code disks.ID}, {@code nics.MAC.network} and so on, or {@code unknown}
     * @param expected empty: without it
     * @param found empty: without it
     * @param volumeId of a difference of a disk that is expected and there; absent for all others
     */
    public record Difference(
            String field,
            String expected,
            String found,
            @Nullable UUID volumeId) {
        /** One of something else than a disk that is expected. */
        public Difference(String field, String expected, String found) {
            this(field, expected, found, null);
        }
    }
}
