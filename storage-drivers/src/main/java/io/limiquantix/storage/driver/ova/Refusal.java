package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.StorageException;

/** Why an appliance is not taken. */
final class Refusal {
    private static final int SHOWN = 80;

    private Refusal() {}

    /** @param rest of the sentence that begins with the appliance */
    static StorageException of(String rest) {
        return StorageException.invalid("file", "The appliance " + rest);
    }

    /** A name or text of somebody else, for the middle of a sentence. */
    static String shown(String text) {
        String plain = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .limit(SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "\"" + plain + (text.codePointCount(0, text.length()) > SHOWN ? "…" : "") + "\"";
    }
}
