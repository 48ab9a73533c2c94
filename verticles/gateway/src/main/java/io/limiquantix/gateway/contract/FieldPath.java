package io.limiquantix.gateway.contract;

import com.networknt.schema.JsonNodePath;

/** The path of a field as a person writes it: {@code disks[0].sizeBytes}. */
final class FieldPath {
    private static final int MAX_NAME = 100;

    private FieldPath() {}

    static String of(String root, JsonNodePath path) {
        String field = root;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            field = element instanceof Integer index ? field + "[" + index + "]" : join(field, element.toString());
        }
        return field.isEmpty() ? "body" : field;
    }

    /** A name that the client made up may be long; only its beginning is repeated. */
    static String join(String parent, String name) {
        String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
        return parent.isEmpty() || parent.equals("body") ? shown : parent + "." + shown;
    }
}
