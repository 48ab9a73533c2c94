package io.limiquantix.compute;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.compute.customization.SetupSealing;
import io.limiquantix.runtime.secrets.SecretBox;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Callers' user-data may hold any secret. In a stored spec, and so in all that is told of a VM, it is sealed; it is opened only
 * where a seed is made or shown.
 */
final class SealedUserData implements SetupSealing {
    private static final String CONTEXT = "user-data of a VM";

    private final SecretBox secrets;

    SealedUserData(SecretBox secrets) {
        this.secrets = secrets;
    }

    VmSpec seal(VmSpec spec) {
        return spec.setup().map(setup -> spec.withSetup(seal(setup))).orElse(spec);
    }

    @Override
    public GuestSetup seal(GuestSetup setup) {
        return with(setup, text -> Base64.getEncoder().encodeToString(secrets.seal(text, CONTEXT)));
    }

    @Override
    public GuestSetup open(GuestSetup setup) {
        return with(setup, text -> secrets.open(Base64.getDecoder().decode(text), CONTEXT));
    }

    private static GuestSetup with(GuestSetup setup, UnaryOperator<String> change) {
        return switch (setup) {
            case CloudInit wish -> wish.withUserData(changed(wish.userData(), change));
            case Ignition wish -> wish.withConfig(changed(wish.config(), change));
            case Cloudbase wish -> wish.withUserData(changed(wish.userData(), change));
        };
    }

    private static @Nullable String changed(@Nullable String text, UnaryOperator<String> change) {
        return text == null ? null : change.apply(text);
    }
}
