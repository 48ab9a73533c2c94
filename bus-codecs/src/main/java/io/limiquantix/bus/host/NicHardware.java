package io.limiquantix.bus.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a network card is to a guest.
 *
 * @param linkUp whether its cable is plugged in
 */
public record NicHardware(Model model, boolean linkUp) {
    /** Where nothing was said. */
    public static final NicHardware PLAIN = new NicHardware(Model.VIRTIO, true);

    public NicHardware {
        model = Objects.requireNonNullElse(model, Model.VIRTIO);
    }

    public static NicHardware orPlain(@Nullable NicHardware said) {
        return said == null ? PLAIN : said;
    }

    public enum Model {
        @JsonProperty("virtio")
        VIRTIO,
        /** For guests without drivers for virtio. */
        @JsonProperty("e1000e")
        E1000E
    }
}
