package io.limiquantix.bus.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customization specs: how guests are set up, kept under a name to be used again. */
public final class CustomizationApi {
    public static final ServiceAddress<SpecWish, CustomizationSpecView> CREATE =
            ServiceAddress.changing("compute.customization.create", SpecWish.class, CustomizationSpecView.class);

    public static final ServiceAddress<Spec, CustomizationSpecView> GET =
            ServiceAddress.reading("compute.customization.get", Spec.class, CustomizationSpecView.class);
    public static final ServiceAddress<ListSpecs, Specs> LIST =
            ServiceAddress.reading("compute.customization.list", ListSpecs.class, Specs.class);

    /** Puts another content in place of the one that is there; VMs that were made by that stay as they are. */
    public static final ServiceAddress<ChangeSpec, CustomizationSpecView> CHANGE =
            ServiceAddress.changing("compute.customization.change", ChangeSpec.class, CustomizationSpecView.class);

    /** Makes one of the same content, its secrets included. */
    public static final ServiceAddress<DuplicateSpec, CustomizationSpecView> DUPLICATE = ServiceAddress.changing(
            "compute.customization.duplicate", DuplicateSpec.class, CustomizationSpecView.class);

    /** Success where it is gone already. */
    public static final ServiceAddress<DeleteSpec, Nothing> DELETE =
            ServiceAddress.changing("compute.customization.delete", DeleteSpec.class, Nothing.class);

    private CustomizationApi() {}

    /** A secret of a spec that is kept until somebody says otherwise. */
    public enum KeptSecret {
        PASSWORD,
        USER_DATA
    }

    /** @param specId which one */
    public record Spec(UUID specId) {}

    /** One of the two kinds of set-up is there; neither says a host name. */
    public record SpecWish(
            String name,
            String description,
            String hostNamePattern,
            @Nullable CloudInit cloudInit,
            @Nullable Cloudbase cloudbase) {}

    /** @param search part of a name, any case; absent leaves none out */
    public record ListSpecs(Page page, @Nullable String search) {}

    public record Specs(
            List<CustomizationSpecView> items, @Nullable String nextCursor) {
        public Specs {
            items = List.copyOf(items);
        }
    }

    /**
     * A password and user-data that are not said stay.
     *
     * @param forget those that do not stay
     */
    public record ChangeSpec(UUID specId, @Nullable Long expectedVersion, SpecWish wish, List<KeptSecret> forget) {
        public ChangeSpec {
            forget = List.copyOf(forget);
        }
    }

    public record DuplicateSpec(UUID specId, String name) {}

    public record DeleteSpec(UUID specId, @Nullable Long expectedVersion) {}

    /**
     * The use of a spec for a new VM. Its content is copied: what becomes of the spec later changes no VM.
     *
     * @param given the fields that the request's own set-up says, by their names in the API; each of them is in place of the spec's
     */
    public record Customization(UUID specId, List<String> given) {
        public Customization {
            given = List.copyOf(given);
        }
    }
}
