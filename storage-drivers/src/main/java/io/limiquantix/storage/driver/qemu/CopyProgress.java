package io.limiquantix.storage.driver.qemu;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how far a copy is from what {@code qemu-img convert -p} prints: {@code (12.34/100%)}, again and again in one line. */
public final class CopyProgress implements Consumer<String> {
    private static final Pattern PERCENT = Pattern.compile("\\((\\d{1,3}\\.\\d{2})/100%\\)");
    /** Longer than one of them, so that one that was cut in two is found. */
    private static final int REMEMBERED = 32;

    private final DoubleConsumer percent;
    private String remainder = "";

    public CopyProgress(DoubleConsumer percent) {
        this.percent = percent;
    }

    @Override
    public void accept(String piece) {
        String text = remainder + piece;
        Matcher found = PERCENT.matcher(text);
        int end = 0;
        while (found.find()) {
            end = found.end();
            percent.accept(Double.parseDouble(found.group(1)));
        }
        remainder = text.substring(Math.max(end, text.length() - REMEMBERED));
    }
}
