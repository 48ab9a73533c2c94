package io.limiquantix.compute.customization;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What new VMs take over of customization specs. It is a copy: what becomes of the spec later is nothing to them. */
public final class Customizations {
    private final Database database;
    private final CustomizationStore store;
    private final SetupSealing sealing;

    public Customizations(Database database, CustomizationStore store, SetupSealing sealing) {
        this.database = database;
        this.store = store;
        this.sealing = sealing;
    }

    /**
     * The VM that is asked for, with what the spec says of its guest; its user-data is open.
     *
     * @throws FailureException {@code INVALID} where the spec does not fit
     */
    public VmSpec applied(CreateVm request) {
        VmSpec wish = request.spec();
        if (request.customization() == null) {
            return wish;
        }
        Customized made = of(request.customization(), wish.setup().orElse(null));
        String hostName = made.hostNames(List.of(wish.name()), Optional.empty()).get(wish.name());
        return wish.withSetup(made.setup().withHostName(hostName));
    }

    /** How the clones are set up; empty where no spec is named. */
    public Optional<Customized> of(CloneVm request) {
        return request.customization() == null
                ? Optional.empty()
                : Optional.of(of(request.customization(), request.setup().wish().orElse(null)));
    }

    private Customized of(Customization use, @Nullable GuestSetup said) {
        StoredSpec spec = database.transaction(tx -> store.find(tx, use.specId()))
                .orElseThrow(() -> CustomizationRules.unusable(
                        "There is no customization spec " + use.specId() + "; choose another."));
        return new Customized(spec.name(), spec.hostNames(), merged(spec, use, said));
    }

    private GuestSetup merged(StoredSpec spec, Customization use, @Nullable GuestSetup said) {
        GuestSetup kept = sealing.open(spec.setup());
        SetupMerge merge = new SetupMerge(use.given());
        if (said == null) {
            return kept;
        }
        if (kept instanceof CloudInit linux && said instanceof CloudInit own) {
            return merge.of(linux, own);
        }
        if (kept instanceof Cloudbase windows && said instanceof Cloudbase own) {
            return merge.of(windows, own);
        }
        throw CustomizationRules.unusable("The customization spec " + spec.name() + " is for "
                + CustomizationRules.program(kept)
                + ", and the request sets the guest up by another program. Leave one of"
                + " the two out.");
    }
}
