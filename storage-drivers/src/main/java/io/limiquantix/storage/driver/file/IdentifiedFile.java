package io.limiquantix.storage.driver.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a pool whose name is an id and an extension.
 *
 * @param extension without the dot
 */
record IdentifiedFile(UUID id, String extension) {
    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern NAME = Pattern.compile("(" + ID + ")\\.([a-z0-9]+)");
    private static final Pattern OVERLAY = Pattern.compile("(" + ID + ")\\." + ID + "\\.qcow2");

    /** Empty for a file that is not ours. */
    static Optional<IdentifiedFile> of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new IdentifiedFile(UUID.fromString(name.group(1)), name.group(2)))
                : Optional.empty();
    }

    /** The volume whose overlay this is; empty for any other file. */
    static Optional<UUID> overlayOf(Path file) {
        Matcher name = OVERLAY.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(UUID.fromString(name.group(1))) : Optional.empty();
    }

    /** Empty for a text that is no id. */
    static Optional<UUID> id(String text) {
        return text.matches(ID) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
