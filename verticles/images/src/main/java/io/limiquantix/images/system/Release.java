package io.limiquantix.images.system;

import java.util.Map;
import java.util.Optional;

/** Names of releases, whose numbers their images do not say. */
final class Release {
    static final String ROLLING = "rolling";

    private static final Map<String, String> DEBIAN = Map.of(
            "buster", "10", "bullseye", "11", "bookworm", "12", "trixie", "13", "forky", "14", "sid", "unstable");
    private static final Map<String, String> UBUNTU = Map.of(
            "bionic", "18.04",
            "focal", "20.04",
            "jammy", "22.04",
            "noble", "24.04",
            "oracular", "24.10",
            "plucky", "25.04",
            "questing", "25.10",
            "resolute", "26.04");

    private Release() {}

    static Optional<String> ofDebian(String name) {
        return Optional.ofNullable(DEBIAN.get(name));
    }

    static Optional<String> ofUbuntu(String name) {
        return Optional.ofNullable(UBUNTU.get(name));
    }
}
