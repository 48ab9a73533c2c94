package io.limiquantix.storage.driver.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.Qcow2Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of qcow2 volumes. A volume without a chain file consists of its first file alone. */
final class VolumeChains {
    private final PoolFolder folder;
    private final JsonMapper json = new JsonMapper();

    VolumeChains(PoolFolder folder) {
        this.folder = folder;
    }

    Chain read(UUID id) throws IOException {
        try {
            return json.readValue(Files.readAllBytes(folder.chain(id)), Chain.class);
        } catch (NoSuchFileException _) {
            return Chain.of(first(id));
        }
    }

    /** @throws StorageException {@code CONFLICT} while only a domain can tell which file is the current one */
    Chain settled(UUID id) throws IOException {
        Chain chain = read(id);
        if (chain.isUnsettled()) {
            throw StorageException.conflict("A snapshot of the volume " + id
                    + " is half made or half deleted; ask for that again, or delete that snapshot, first.");
        }
        return chain;
    }

    void write(UUID id, Chain chain) throws IOException {
        if (chain.equals(Chain.of(first(id)))) {
            DurableFiles.delete(folder.chain(id));
        } else {
            DurableFiles.write(folder.chain(id), json.writeValueAsBytes(chain), FileVolumes.MODE);
        }
    }

    private String first(UUID id) {
        return name(folder.volume(id, VolumeFormat.QCOW2));
    }

    Path file(String name) {
        return folder.volumes().resolve(name);
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    Path currentFile(UUID id) throws IOException {
        return file(read(id).current());
    }

    FileTree tree(UUID id, Chain chain) throws IOException {
        Set<String> files = new LinkedHashSet<>();
        Map<String, String> parents = new HashMap<>();
        walk(id, chain.current(), files, parents);
        for (Chain.Frozen frozen : chain.frozen()) {
            walk(id, frozen.file(), files, parents);
        }
        return new FileTree(files, parents);
    }

    private void walk(UUID id, String start, Set<String> files, Map<String, String> parents) throws IOException {
        @Nullable String file = start;
        while (file != null && files.add(file)) {
            @Nullable String parent = parent(id, file);
            if (parent != null) {
                parents.put(file, parent);
            }
            file = parent;
        }
    }

    /** An image that the first file stands on is no file of the volume. */
    private @Nullable String parent(UUID id, String file) throws IOException {
        String backing = Qcow2Header.read(file(file)).backingFile();
        if (backing == null) {
            return null;
        }
        String name = backing.substring(backing.lastIndexOf('/') + 1);
        return name.startsWith(id + ".") ? name : null;
    }

    /** What is made of a volume's files at one moment. */
    interface Reading<T> {
        T of(Chain chain, FileTree tree) throws IOException;
    }

    /** Files come and go while a step is half made or others are taken; it is read anew then. */
    <T> T look(UUID id, Reading<T> reading) throws IOException {
        Chain chain = read(id);
        try {
            return reading.of(chain, tree(id, chain));
        } catch (NoSuchFileException e) {
            if (read(id).equals(chain)) {
                throw e;
            }
            return look(id, reading);
        }
    }

    /** By whichever name a domain may know the volume. */
    Set<Path> files(UUID id) throws IOException {
        return look(id, this::files);
    }

    private Set<Path> files(Chain chain, FileTree tree) {
        Set<String> names = new LinkedHashSet<>(tree.files());
        if (chain.prepared() != null) {
            names.add(chain.prepared().file());
        }
        if (chain.merging() != null) {
            names.addAll(List.of(chain.merging().top(), chain.merging().base()));
        }
        Set<Path> paths = new LinkedHashSet<>();
        names.forEach(name -> paths.add(file(name)));
        return paths;
    }

    /** Removes files of the volume that nothing needs: a step that was cut off, or one that let them go, left them. */
    void sweep(UUID id) throws IOException {
        Set<Path> needed = files(id);
        for (Path file : overlays(id)) {
            if (!needed.contains(file)) {
                DurableFiles.delete(file);
            }
        }
    }

    /** Removes all files of the volume, the first one and the record of them last. */
    void delete(UUID id) throws IOException {
        for (Path file : overlays(id)) {
            DurableFiles.delete(file);
        }
        DurableFiles.delete(folder.volume(id, VolumeFormat.QCOW2));
        DurableFiles.delete(folder.chain(id));
    }

    private List<Path> overlays(UUID id) throws IOException {
        return PoolFolder.files(folder.volumes()).stream()
                .filter(file ->
                        IdentifiedFile.overlayOf(file).filter(id::equals).isPresent())
                .toList();
    }
}
