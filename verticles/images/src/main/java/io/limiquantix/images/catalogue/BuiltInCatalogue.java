package io.limiquantix.images.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The catalogue that comes with the platform. */
final class BuiltInCatalogue {
    private static final String FILE = "official-images.yaml";

    private BuiltInCatalogue() {}

    static CatalogueContent read() {
        try (InputStream file = BuiltInCatalogue.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the class path has no " + FILE);
            }
            return CatalogueYaml.read(FILE, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableCatalogueException e) {
            throw new IllegalStateException(FILE, e);
        }
    }
}
