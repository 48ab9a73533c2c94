package io.limiquantix.images.catalogue;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.images.CatalogueSourceView.Kind;
import io.limiquantix.images.catalogue.SourceStore.Claimed;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is due. Each source is read by one control plane at a time, and what cannot be read leaves what was read before. Safe
 * for any thread.
 */
final class SourceReading {
    private static final Logger LOG = LoggerFactory.getLogger(SourceReading.class);
    private static final Duration AFTER_A_PROBLEM = Duration.ofMinutes(5);
    private static final int LONGEST_PROBLEM = 1000;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private final Database database;
    private final CatalogueFolder folder;
    private final WebCatalogues web;
    private final Duration pause;
    private final SourceStore store = new SourceStore();

    /** @param pause between two readings of a source without a problem */
    SourceReading(Database database, CatalogueFolder folder, WebCatalogues web, Duration pause) {
        this.database = database;
        this.folder = folder;
        this.web = web;
        this.pause = pause;
    }

    /** Reads all that is due and that nobody else reads. */
    void round() {
        lookAtFolder();
        Optional<Claimed> claimed = claim();
        while (claimed.isPresent()) {
            read(claimed.get());
            claimed = claim();
        }
    }

    private Optional<Claimed> claim() {
        return database.transaction(tx -> store.claim(tx, Uuid7.next()));
    }

    /** Files that are new become sources, and those that are gone cease to be. */
    private void lookAtFolder() {
        Set<String> names;
        try {
            names = folder.names();
        } catch (FailureException e) {
            // What was read of its files stays; each says so itself when it is read next.
            LOG.warn("{}", e.getMessage());
            return;
        }
        database.run(tx -> {
            store.keepOnlyFiles(tx, names);
            names.forEach(name -> store.add(tx, CatalogueSources.idOf(Kind.FILE, name), Kind.FILE, name));
        });
    }

    private void read(Claimed source) {
        try {
            WebText found = source.kind() == Kind.FILE
                    ? new WebText(folder.read(source.location()), null)
                    : web.read(source.location(), source.etag());
            String text = found.text();
            if (text == null) {
                database.run(tx -> store.unchanged(tx, source, pause));
                return;
            }
            CatalogueYaml.read(source.place(), text);
            database.run(tx -> store.read(tx, source, text, found.etag(), pause));
        } catch (FailureException e) {
            failed(source, e.failure().message());
        } catch (UnreadableCatalogueException e) {
            failed(source, e.why());
        }
    }

    private void failed(Claimed source, String problem) {
        Duration soon = pause.compareTo(AFTER_A_PROBLEM) < 0 ? pause : AFTER_A_PROBLEM;
        // What a stranger's text or server says may be long, and hold what a database or a page cannot.
        String said = CONTROLS.matcher(problem).replaceAll(" ");
        String kept = said.length() > LONGEST_PROBLEM ? said.substring(0, LONGEST_PROBLEM) + "…" : said;
        database.run(tx -> store.failed(tx, source, kept, soon));
    }
}
