package io.limiquantix.images.catalogue;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which an operator puts catalogues: files that end in {@code .yaml} or {@code .yml}. */
final class CatalogueFolder {
    private static final int MOST_FILES = 50;
    /** As of a text of the web. */
    private static final int MOST_BYTES = 1 << 20;

    private final @Nullable Path folder;

    /** @param folder absent: there are no files */
    CatalogueFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The files that are there now. */
    Set<String> names() {
        if (folder == null) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .limit(MOST_FILES)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw failed("The folder " + folder + " cannot be read", e);
        }
    }

    String read(String name) {
        if (folder == null || !Path.of(name).getFileName().toString().equals(name)) {
            throw FailureException.notFound("There is no file " + name + " in the folder of catalogues.");
        }
        try (InputStream file = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = file.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw FailureException.of(
                        FailureCode.TOO_LARGE,
                        "A catalogue has at most " + MOST_BYTES + " bytes, and the file has more.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failed("The file is no text in UTF-8", e);
        } catch (IOException e) {
            throw failed("The file cannot be read", e);
        }
    }

    private static FailureException failed(String what, IOException e) {
        return new FailureException(Failure.of(FailureCode.STORAGE, what + " (" + e + ")."), e);
    }
}
