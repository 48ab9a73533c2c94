package io.limiquantix.gateway.download;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The header by which a browser saves what it fetches under a name; RFC 6266. */
public final class FileName {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    private FileName() {}

    /** The name for old clients has underscores in place of what they may misread; the other one is whole. */
    public static String disposition(String name) {
        return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String plain(String name) {
        return name.codePoints()
                .map(c -> PLAIN.indexOf(c) >= 0 ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0) {
                text.append((char) b);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", b));
            }
        }
        return text.toString();
    }
}
