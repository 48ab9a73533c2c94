package io.limiquantix.images.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a catalogue, which anybody may have written. Nothing of it becomes an object of Java, and what it may be long, deep and
 * full of references is limited. A mistake in an entry leaves that entry out and no other.
 */
final class CatalogueYaml {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_DEPTH = 10;
    private static final int MOST_REFERENCES = 50;
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_MISTAKES = 1000;
    private static final int LONGEST_MISTAKE = 500;
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_NAME = 100;
    private static final int VERSION = 1;

    private final String place;
    private final List<String> mistakes = new ArrayList<>();

    private CatalogueYaml(String place) {
        this.place = cut(place, LONGEST_PLACE);
    }

    /**
     * @param place of the text, for messages: the name of its file, or its address
     * @throws UnreadableCatalogueException when it is no catalogue at all
     */
    static CatalogueContent read(String place, String text) throws UnreadableCatalogueException {
        return new CatalogueYaml(place).content(compose(text));
    }

    private static @Nullable Node compose(String text) throws UnreadableCatalogueException {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_CHARACTERS);
        limits.setNestingDepthLimit(MOST_DEPTH);
        limits.setMaxAliasesForCollections(MOST_REFERENCES);
        limits.setAllowRecursiveKeys(false);
        try {
            return new Composer(new ParserImpl(new StreamReader(text), limits), new Resolver(), limits).getSingleNode();
        } catch (MarkedYAMLException e) {
            throw new UnreadableCatalogueException("It is no YAML: " + where(e) + e.getProblem() + ".", e);
        } catch (YAMLException e) {
            throw new UnreadableCatalogueException("It is no YAML that is accepted: " + e.getMessage() + ".", e);
        }
    }

    private static String where(MarkedYAMLException e) {
        return e.getProblemMark() == null ? "" : "line " + (e.getProblemMark().getLine() + 1) + ", ";
    }

    private CatalogueContent content(@Nullable Node root) throws UnreadableCatalogueException {
        if (!(root instanceof MappingNode mapping)) {
            throw new UnreadableCatalogueException("It is no catalogue: it has no fields.");
        }
        YamlFields fields = new YamlFields(mapping, place, this::mistake);
        if (!(fields.node("entries") instanceof SequenceNode list)) {
            throw new UnreadableCatalogueException("It is no catalogue: it has no list called entries.");
        }
        fields.number("catalogue", VERSION, VERSION);
        String name = fields.optionalText("name", LONGEST_NAME);
        fields.refuseOthers();
        return new CatalogueContent(name, entries(list), mistakes);
    }

    private List<CatalogueEntry> entries(SequenceNode list) throws UnreadableCatalogueException {
        List<Node> nodes = list.getValue();
        if (nodes.size() > MOST_ENTRIES) {
            throw new UnreadableCatalogueException(
                    "It has " + nodes.size() + " entries; at most " + MOST_ENTRIES + " are accepted.");
        }
        List<CatalogueEntry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            CatalogueEntry entry = entry(nodes.get(i), i + 1);
            if (entry == null) {
                continue;
            }
            if (keys.add(entry.key())) {
                entries.add(entry);
            } else {
                mistake(entryPlace(nodes.get(i), i + 1, entry.key()) + ", id: an entry before has the same.");
            }
        }
        return entries;
    }

    /** Nothing when there is a mistake in it. */
    private @Nullable CatalogueEntry entry(Node node, int number) {
        if (!(node instanceof MappingNode mapping)) {
            mistake(entryPlace(node, number, null) + ": it has no fields.");
            return null;
        }
        int before = mistakes.size();
        String key = YamlFields.scalar(mapping, "id");
        CatalogueEntry entry = EntryFields.read(new YamlFields(mapping, entryPlace(node, number, key), this::mistake));
        return mistakes.size() == before ? entry : null;
    }

    private String entryPlace(Node node, int number, @Nullable String key) {
        String called = key == null || key.isEmpty() || key.length() > LONGEST_NAME ? "" : " (" + key + ")";
        return place + ", line " + (node.getStartMark().getLine() + 1) + ", entry " + number + called;
    }

    private void mistake(String what) {
        if (mistakes.size() < MOST_MISTAKES) {
            mistakes.add(cut(what, LONGEST_MISTAKE));
        }
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
