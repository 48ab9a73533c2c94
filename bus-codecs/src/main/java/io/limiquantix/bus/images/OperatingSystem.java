package io.limiquantix.bus.images;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The system in an image as far as anybody knows it, the best source of each fact first. What is absent is not known.
 *
 * @param distribution as in {@code Debian}; without it there is neither family nor version
 * @param leastMemoryBytes that it needs
 * @param firmware the only one that it boots with
 * @param virtio whether it has drivers for virtio devices by itself
 */
public record OperatingSystem(
        @Nullable Family family,
        @Nullable String distribution,
        @Nullable String version,
        @Nullable Long leastMemoryBytes,
        @Nullable Firmware firmware,
        @Nullable Boolean virtio,
        LearnedFrom learnedFrom) {

    /** In the API in small letters, as catalogues write them. */
    public enum Family {
        @JsonProperty("linux")
        LINUX,
        @JsonProperty("bsd")
        BSD,
        @JsonProperty("windows")
        WINDOWS,
        @JsonProperty("other")
        OTHER
    }

    /** In the API in small letters, as catalogues write them. */
    public enum Firmware {
        @JsonProperty("bios")
        BIOS,
        @JsonProperty("uefi")
        UEFI
    }

    /** Who said so; the earlier ones are believed before the later ones. */
    public enum Source {
        /** A person, whom nothing found later contradicts. */
        USER,
        /** The entry of the catalogue that the image came from. */
        CATALOGUE,
        /** The description of the appliance that it is, or is a disk of. */
        OVF,
        /** The volume label of an ISO, its {@code .disk/info} or {@code .treeinfo}. */
        ISO,
        /** The name of its file, or of the image itself. */
        NAME,
        /** The database of libosinfo on the host that checked it. */
        OSINFO,
        /** What the platform knows of a system of this name. */
        TABLE
    }

    /**
     * @param system of family, distribution and version, which always come together
     */
    public record LearnedFrom(
            @Nullable Source system,
            @Nullable Source leastMemoryBytes,
            @Nullable Source firmware,
            @Nullable Source virtio) {}
}
