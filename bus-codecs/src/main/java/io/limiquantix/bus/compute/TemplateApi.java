package io.limiquantix.bus.compute;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Templates: virtual machines that stay off and as they are, from which others are deployed. */
public final class TemplateApi {
    /**
     * Makes a template of a VM that is off, the next version of its family; success when it is that already. {@code CONFLICT} when it is
     * not off or something works on it or its disks, {@code UNAVAILABLE} when its host cannot say that it is off.
     */
    public static final ServiceAddress<Convert, VmView> CONVERT =
            ServiceAddress.changing("compute.convert-to-template", Convert.class, VmView.class);

    /** Makes a template a VM again; success when it is one already. Its version is not given to another one. */
    public static final ServiceAddress<ComputeApi.Vm, VmView> CONVERT_BACK =
            ServiceAddress.changing("compute.convert-to-vm", ComputeApi.Vm.class, VmView.class);

    /** Changes what is said of a template; {@code CONFLICT} when the VM is none. */
    public static final ServiceAddress<Describe, VmView> DESCRIBE =
            ServiceAddress.changing("compute.describe-template", Describe.class, VmView.class);

    public static final ServiceAddress<ListTemplates, Families> LIST =
            ServiceAddress.reading("compute.list-templates", ListTemplates.class, Families.class);

    /** The VM that is this version of a family; {@code NOT_FOUND} when there is none. */
    public static final ServiceAddress<Find, ComputeApi.Vm> FIND =
            ServiceAddress.reading("compute.find-template", Find.class, ComputeApi.Vm.class);

    private TemplateApi() {}

    /**
     * @param family absent: the VM's name
     * @param note absent: empty, or what it was where it is a template already
     */
    public record Convert(
            UUID vmId, @Nullable String family, @Nullable String note) {}

    public record Describe(UUID vmId, String note) {}

    /** @param search part of a family's name, any case; absent: all */
    public record ListTemplates(Page page, @Nullable String search) {}

    /** @param version absent: the newest one that is there */
    public record Find(String family, @Nullable Integer version) {}

    /** A page of families, by name. */
    public record Families(List<Family> items, @Nullable String nextCursor) {
        public Families {
            items = List.copyOf(items);
        }
    }

    /** @param versions newest first, at least one */
    public record Family(String name, List<Version> versions) {
        public Family {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A template.
     *
     * @param since when it was made one
     * @param sizeBytes of all its disks together, as its guests see them
     * @param imageId what its first disk began with
     * @param dependents how many VMs need its disks: linked clones, and others while they are made
     */
    public record Version(
            UUID vmId,
            String vmName,
            VmView.Phase phase,
            int version,
            String note,
            Instant since,
            long sizeBytes,
            @Nullable UUID hostId,
            @Nullable String hostName,
            @Nullable UUID imageId,
            int dependents) {}
}
