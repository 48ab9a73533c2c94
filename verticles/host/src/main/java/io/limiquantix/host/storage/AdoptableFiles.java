package io.limiquantix.host.storage;

import io.limiquantix.host.domain.AdoptableDefinition;
import io.limiquantix.host.domain.AdoptableDefinition.Place;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Takeovers;
import io.limiquantix.storage.driver.VolumeFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which pools of this host can have files of other people's domains, where those are. */
public final class AdoptableFiles implements AdoptableDefinition.Places {
    private final List<StoragePool> pools;

    /** @param pools those that can be used now */
    public AdoptableFiles(List<StoragePool> pools) {
        this.pools = List.copyOf(pools);
    }

    @Override
    public Optional<Place> of(String source) {
        return real(source).flatMap(file -> pool(file).map(pool -> place(file, pool)));
    }

    private static Place place(Path file, StoragePool pool) {
        return new Place(
                file,
                pool.id(),
                pool.takeovers().flatMap(takeovers -> takeovers.named(file)).orElse(null));
    }

    private static Optional<Path> real(String source) {
        try {
            return Optional.of(Path.of(source).toRealPath());
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** That in whose folder it lies before any other. */
    private Optional<StoragePool> pool(Path file) {
        List<StoragePool> able = pools.stream()
                .filter(pool -> pool.takeovers()
                        .filter(takeovers -> takeovers.reaches(file))
                        .isPresent())
                .toList();
        return Stream.concat(
                        able.stream()
                                .filter(pool ->
                                        pool.folder().filter(file::startsWith).isPresent()),
                        able.stream())
                .findFirst();
    }

    @Override
    public List<String> obstacles(String target, String source, String format) {
        Optional<Path> file = real(source);
        if (file.isEmpty()) {
            return List.of("There is no file " + source + " on this host, which its disk " + target + " is to be on.");
        }
        Optional<Takeovers> takeovers = pool(file.get()).flatMap(StoragePool::takeovers);
        if (takeovers.isEmpty()) {
            return List.of("The file of its disk " + target
                    + " is taken over where it lies as soon as there is a pool of the"
                    + " kind local on its file system: make one in an empty directory below " + mountedAt(file.get())
                    + ".");
        }
        return takeovers.get().obstacles(file.get(), VolumeFormat.of(format)).stream()
                .map(obstacle -> "Its disk " + target + " (" + source + ") cannot be taken over: " + obstacle)
                .toList();
    }

    private static Path mountedAt(Path file) {
        try {
            Path at = file;
            Object device = Files.getAttribute(file, "unix:dev");
            for (Path above = at.getParent(); above != null; above = above.getParent()) {
                if (!Files.getAttribute(above, "unix:dev").equals(device)) {
                    return at;
                }
                at = above;
            }
            return at;
        } catch (IOException _) {
            return file;
        }
    }
}
