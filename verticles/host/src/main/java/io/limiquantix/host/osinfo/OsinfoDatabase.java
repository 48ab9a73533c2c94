package io.limiquantix.host.osinfo;

import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.host.domain.XmlLookup;
import io.limiquantix.storage.driver.IsoLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * The XML files of Debian's {@code osinfo-db} and its likes. They are read when an ISO is to be recognised, which is seldom; where
 * there are none, none is recognised. One that cannot be read is passed over.
 */
public final class OsinfoDatabase {
    /** Where distributions put it. */
    public static final Path USUAL = Path.of("/usr/share/osinfo");

    private static final Logger LOG = LoggerFactory.getLogger(OsinfoDatabase.class);
    private static final long LARGEST_FILE = 1 << 20;
    private static final int MOST_FILES = 5000;
    private static final int DEPTH = 3;

    private final Path folder;

    public OsinfoDatabase(Path folder) {
        this.folder = folder;
    }

    /** The system whose installation media have such a label. */
    public Optional<SystemFacts> recognise(IsoLabel label) {
        Path systems = folder.resolve("os");
        if (label.volume().isEmpty() || !Files.isDirectory(systems)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(systems, DEPTH)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .limit(MOST_FILES)
                    .flatMap(file -> systems(file).stream())
                    .filter(system -> OsinfoSystem.isOn(label, system))
                    .findFirst()
                    .map(OsinfoSystem::facts);
        } catch (IOException e) {
            LOG.warn("libosinfo's database in {} cannot be read: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private static List<Element> systems(Path file) {
        try {
            return Files.size(file) > LARGEST_FILE
                    ? List.of()
                    : XmlLookup.parse(Files.readString(file)).elements("os");
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} of libosinfo's database is passed over: {}", file, e.getMessage());
            return List.of();
        }
    }
}
