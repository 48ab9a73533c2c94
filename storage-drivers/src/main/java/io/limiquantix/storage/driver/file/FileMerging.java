package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.file.Chain.Merging;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Makes one file of two where no snapshot needs the lower one: the upper one's blocks are written into it. Until that is done
 * the upper one reads as before, however often it is begun. A file that two others stand on stays, and so do two of which a linked
 * volume stands on one: both are merged with the next change after it is gone.
 */
final class FileMerging {
    private final VolumeChains chains;
    private final LinkedVolumes linked;
    private final QemuImg qemuImg;

    FileMerging(VolumeChains chains, LinkedVolumes linked, QemuImg qemuImg) {
        this.chains = chains;
        this.linked = linked;
        this.qemuImg = qemuImg;
    }

    /** All that can be merged while no domain uses the volume. */
    void all(UUID volumeId) throws IOException {
        these(volumeId, top -> true);
        chains.sweep(volumeId);
    }

    /** What a domain that uses the volume has to merge next; whatever it does not use is merged before. */
    Optional<Merging> nextOfDomain(UUID volumeId) throws IOException {
        Chain before = chains.read(volumeId);
        List<String> line = chains.tree(volumeId, before).lineOf(before.current());
        these(volumeId, top -> !line.contains(top));
        chains.sweep(volumeId);
        Chain chain = chains.read(volumeId);
        Optional<Merging> next = next(volumeId, chain, line::contains).map(m -> new Merging(m.top(), m.base(), true));
        if (next.isPresent()) {
            chains.write(volumeId, chain.with(next.get()));
        }
        return next;
    }

    private void these(UUID volumeId, Predicate<String> tops) throws IOException {
        for (Chain chain = chains.read(volumeId); ; chain = chains.read(volumeId)) {
            Optional<Merging> next = next(volumeId, chain, tops);
            if (next.isEmpty()) {
                return;
            }
            Merging files = new Merging(next.get().top(), next.get().base(), false);
            chains.write(volumeId, chain.with(files));
            commit(files.top());
            merged(volumeId, files);
        }
    }

    /** One that was begun comes first. */
    private Optional<Merging> next(UUID volumeId, Chain chain, Predicate<String> tops) throws IOException {
        if (chain.merging() != null) {
            return Optional.of(chain.merging()).filter(m -> tops.test(m.top()));
        }
        FileTree tree = chains.tree(volumeId, chain);
        List<Merging> possible = tree.files().stream()
                .filter(base -> !chain.isNamed(base))
                .sorted()
                .map(base -> Map.entry(base, tree.childrenOf(base)))
                .filter(e -> e.getValue().size() == 1 && tops.test(e.getValue().getFirst()))
                .map(e -> new Merging(e.getValue().getFirst(), e.getKey(), false))
                .toList();
        if (possible.isEmpty()) {
            return Optional.empty();
        }
        Set<String> needed = linked.on(volumeId).keySet();
        return possible.stream()
                .filter(m -> !needed.contains(m.top()) && !needed.contains(m.base()))
                .findFirst();
    }

    /** Its snapshot is forgotten by then: what is in the way of the rest is to be tried again. */
    private void commit(String top) {
        try {
            qemuImg.commit(chains.file(top));
        } catch (StorageException e) {
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
            throw new StorageException(
                    Reason.TIMEOUT,
                    "The snapshot is forgotten; its file could not be merged yet, as somebody reads or writes it: "
                            + e.getMessage(),
                    Map.of(),
                    e);
        }
    }

    /** The upper file's blocks are in the lower one: whatever stood on the upper one stands on that. */
    void merged(UUID volumeId, Merging files) throws IOException {
        Chain chain = chains.read(volumeId);
        List<UUID> dependents = linked.on(volumeId).getOrDefault(files.top(), List.of());
        if (!dependents.isEmpty()) {
            // Both files hold the same by now; the upper one stays as long as they stand on it.
            throw LinkedVolumes.refusal("The file " + files.top(), dependents);
        }
        for (String child : chains.tree(volumeId, chain).childrenOf(files.top())) {
            qemuImg.standOn(chains.file(child), files.base());
        }
        chains.write(volumeId, chain.merged(files.top(), files.base()));
        chains.sweep(volumeId);
    }
}
