package io.limiquantix.bus.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a network card is to a guest.
 *
 * @param linkUp whether its cable is plugged in
 * @param bandwidth absent: without limits
 * @param allowSpoofing whether the guest may send with others' addresses; absent: as its network says
 */
public record NicHardware(
        Model model,
        boolean linkUp,
        @JsonInclude(Include.NON_NULL) @Nullable Bandwidth bandwidth,
        @JsonInclude(Include.NON_NULL) @Nullable Boolean allowSpoofing) {
    /** Where nothing was said. */
    public static final NicHardware PLAIN = new NicHardware(Model.VIRTIO, true);

    public NicHardware {
        model = Objects.requireNonNullElse(model, Model.VIRTIO);
        bandwidth = bandwidth != null && bandwidth.none() ? null : bandwidth;
    }

    /** Without limits, and protected as its network says. */
    public NicHardware(Model model, boolean linkUp) {
        this(model, linkUp, null, null);
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

    /**
     * The most bytes per second, on average, in whole KiB as libvirt counts them; absent: no limit.
     *
     * @param inboundBytesPerSecond to the guest
     * @param outboundBytesPerSecond from the guest
     */
    public record Bandwidth(
            @JsonInclude(Include.NON_NULL) @Nullable Long inboundBytesPerSecond,
            @JsonInclude(Include.NON_NULL) @Nullable Long outboundBytesPerSecond) {
        private static final long KIB = 1024;

        public boolean none() {
            return inboundBytesPerSecond == null && outboundBytesPerSecond == null;
        }

        /** The same in whole KiB, at least one. */
        public Bandwidth rounded() {
            return new Bandwidth(rounded(inboundBytesPerSecond), rounded(outboundBytesPerSecond));
        }

        private static @Nullable Long rounded(@Nullable Long bytes) {
            return bytes == null ? null : Math.max(1, bytes / KIB) * KIB;
        }
    }
}
