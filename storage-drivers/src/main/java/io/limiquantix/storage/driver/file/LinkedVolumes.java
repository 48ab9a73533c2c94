package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.image.Qcow2Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Volumes whose first file stands on a file of another volume, as their headers say. */
final class LinkedVolumes {
    private final PoolFolder folder;

    LinkedVolumes(PoolFolder folder) {
        this.folder = folder;
    }

    /** The volumes by the files of this volume that they stand on. Reads the header of each volume of the pool. */
    Map<String, List<UUID>> on(UUID volumeId) throws IOException {
        Map<String, List<UUID>> found = new HashMap<>();
        for (Path file : PoolFolder.files(folder.volumes())) {
            Optional<UUID> other = firstFileOf(file).filter(id -> !id.equals(volumeId));
            if (other.isPresent()) {
                backing(file).filter(name -> name.startsWith(volumeId + ".")).ifPresent(name -> found.computeIfAbsent(
                                name, each -> new ArrayList<>())
                        .add(other.get()));
            }
        }
        return found;
    }

    private Optional<UUID> firstFileOf(Path file) {
        return IdentifiedFile.of(file).map(IdentifiedFile::id).filter(id -> folder.volume(id, VolumeFormat.QCOW2)
                .equals(file));
    }

    private static Optional<String> backing(Path file) throws IOException {
        return VanishingFile.read(
                        file, each -> Optional.ofNullable(Qcow2Header.read(each).backingFile()))
                .flatMap(name -> name);
    }

    static StorageException refusal(String what, List<UUID> dependents) {
        return StorageException.conflict(what + " is what other volumes stand on: "
                + dependents.stream().map(UUID::toString).collect(Collectors.joining(", "))
                + ". Make them independent or delete them first.");
    }
}
