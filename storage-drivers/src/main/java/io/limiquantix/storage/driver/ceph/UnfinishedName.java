package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.durable.Maker;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an RBD image is called before it is whole, and while it is removed. It says who is at it since when, so that it is known
 * whom it belongs to after a crash: to nobody. No such name is ever used twice.
 *
 * @param maker the host that does it, see {@link Maker}
 * @param target its name when it is whole
 */
record UnfinishedName(Doing doing, String maker, Instant since, String target) {
    private static final Pattern NAME =
            Pattern.compile(OwnName.PREFIX + "(making|removing)-([0-9a-f]{8})-([0-9a-f]{1,12})-([a-z0-9-]+)");
    private static final int HEXADECIMAL = 16;

    /** What is being done to it. */
    enum Doing {
        MAKING("making"),
        REMOVING("removing");

        private final String word;

        Doing(String word) {
            this.word = word;
        }
    }

    String text() {
        return OwnName.PREFIX + doing.word + "-" + maker + "-" + Long.toHexString(since.toEpochMilli()) + "-"
                + target.substring(OwnName.PREFIX.length());
    }

    /** Empty for the name of anything else. */
    static Optional<UnfinishedName> of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(new UnfinishedName(
                parts.group(1).equals("making") ? Doing.MAKING : Doing.REMOVING,
                parts.group(2),
                Instant.ofEpochMilli(Long.parseLong(parts.group(3), HEXADECIMAL)),
                OwnName.PREFIX + parts.group(4)));
    }
}
