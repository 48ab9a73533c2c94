package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.ComputeApi.SeedView;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.compute.cloudinit.ConfigDrive;
import io.limiquantix.compute.cloudinit.IgnitionConfig;
import io.limiquantix.compute.cloudinit.NoCloud;
import io.limiquantix.compute.customization.Customizations;
import io.limiquantix.compute.spec.VmSpecRules;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The documents that a guest is set up by, with their secrets hidden. */
final class SeedPreviews {
    private static final String LATER = "(chosen when it is created)";

    private final Database database;
    private final VmStore vms;
    private final SealedUserData sealed;
    private final Customizations customizations;

    SeedPreviews(Database database, VmStore vms, SealedUserData sealed, Customizations customizations) {
        this.database = database;
        this.vms = vms;
        this.sealed = sealed;
        this.customizations = customizations;
    }

    /** Of a VM that is not there yet. Nothing is stored, and whether somebody can log in does not matter yet. */
    SeedView of(CreateVm request) {
        VmSpec spec = VmSpecRules.accept(customizations.applied(request));
        List<Nic> nics = spec.nics().stream().map(SeedPreviews::nic).toList();
        return view(LATER, spec.name(), required(spec), nics);
    }

    /** Of a VM as it was created; a copy of what it was told then. */
    SeedView of(UUID vmId) {
        StoredVm vm = database.transaction(tx -> vms.get(tx, vmId));
        return view(vmId.toString(), vm.name(), sealed.open(required(vm.spec())), vm.nics());
    }

    static SeedView view(String instanceId, String name, GuestSetup setup, List<Nic> nics) {
        return switch (setup) {
            case CloudInit wish -> {
                NoCloud documents = NoCloud.masked(instanceId, name, wish, nics);
                yield new SeedView(documents.metaData(), documents.userData(), documents.networkConfig());
            }
            case Ignition wish -> new SeedView("", IgnitionConfig.masked(name, wish), "");
            case Cloudbase wish -> {
                ConfigDrive documents = ConfigDrive.masked(instanceId, name, wish);
                yield new SeedView(documents.metaData(), documents.userData(), "");
            }
        };
    }

    private static Nic nic(NicSpec wish) {
        return new Nic(wish.network(), Objects.requireNonNullElse(wish.mac(), LATER), wish.hardware());
    }

    private static GuestSetup required(VmSpec spec) {
        return spec.setup()
                .orElseThrow(() -> FailureException.notFound(
                        "The VM " + spec.name() + " is not set up by cloud-init, so it has no seed."));
    }
}
