package io.limiquantix.storage.driver.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a volume needs, as their headers have it.
 *
 * @param files their names
 * @param parents on which of them each one stands; the first one on none
 */
record FileTree(Set<String> files, Map<String, String> parents) {
    FileTree {
        files = Set.copyOf(files);
        parents = Map.copyOf(parents);
    }

    List<String> childrenOf(String file) {
        return parents.entrySet().stream()
                .filter(e -> e.getValue().equals(file))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The file and all that it stands on. */
    List<String> lineOf(String file) {
        List<String> line = new ArrayList<>();
        for (@Nullable String each = file; each != null; each = parents.get(each)) {
            line.add(each);
        }
        return line;
    }
}
