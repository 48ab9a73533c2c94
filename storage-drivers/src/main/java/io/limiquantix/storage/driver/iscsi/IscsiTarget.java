package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which disk of which target is meant, and how this host is let in.
 *
 * @param chap by which this host proves itself
 * @param mutual by which the target proves itself to this host
 */
record IscsiTarget(List<Portal> portals, String name, int lun, Optional<Chap> chap, Optional<Chap> mutual) {
    static final String PORTALS = "portals";
    static final String TARGET = "target";
    static final String LUN = "lun";
    static final String CHAP_USER = "chapUser";
    static final String CHAP_PASSWORD = "chapPassword";
    static final String MUTUAL_USER = "mutualUser";
    static final String MUTUAL_PASSWORD = "mutualPassword";

    private static final int LONGEST_NAME = 223;
    private static final int HIGHEST_LUN = 16_383;
    /** RFC 3720, 3.2.6.3; what it allows besides is in no product's names, and would be a path's or an option's. */
    private static final Pattern NAME =
            Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.[a-z0-9.-]+(:[a-zA-Z0-9.:_-]+)?|eui\\.[0-9A-Fa-f]{16}"
                    + "|naa\\.(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{32})");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    /** What stands on one line of open-iscsi's records and is read again as it was written. */
    private static final Pattern CHAP = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    IscsiTarget {
        portals = List.copyOf(portals);
    }

    /** @throws StorageException {@code INVALID} with the field */
    static IscsiTarget of(PoolSettings settings) {
        Optional<Chap> chap = chap(settings, CHAP_USER, CHAP_PASSWORD);
        Optional<Chap> mutual = chap(settings, MUTUAL_USER, MUTUAL_PASSWORD);
        if (mutual.isPresent() && chap.isEmpty()) {
            throw StorageException.invalid(
                    "settings." + CHAP_USER,
                    "A target proves itself only to a host that does so too: fill in both pairs.");
        }
        if (mutual.isPresent()
                && mutual.get().password().equals(chap.orElseThrow().password())) {
            throw StorageException.invalid(
                    "settings." + MUTUAL_PASSWORD, "The target's password must be another one than this host's.");
        }
        return new IscsiTarget(
                Portal.list(settings.get(PORTALS)),
                name(settings.get(TARGET).strip()),
                settings.find(LUN).map(IscsiTarget::lun).orElse(0),
                chap,
                mutual);
    }

    private static String name(String text) {
        if (text.length() > LONGEST_NAME || !NAME.matcher(text).matches()) {
            throw StorageException.invalid(
                    "settings." + TARGET,
                    "A target's name is like iqn.2026-01.com.example:disks, or eui. or naa. and hexadecimal digits.");
        }
        return text;
    }

    private static int lun(String text) {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > HIGHEST_LUN) {
            throw StorageException.invalid("settings." + LUN, "A LUN is a number from 0 to " + HIGHEST_LUN + ".");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Chap> chap(PoolSettings settings, String userField, String passwordField) {
        Optional<String> user = settings.find(userField);
        Optional<String> password = settings.find(passwordField);
        if (user.isPresent() != password.isPresent()) {
            throw StorageException.invalid(
                    "settings." + (user.isPresent() ? passwordField : userField),
                    "The user and the password belong together: fill in both or none.");
        }
        return user.map(name -> new Chap(checked(userField, name), checked(passwordField, password.orElseThrow())));
    }

    private static String checked(String field, String text) {
        if (!CHAP.matcher(text).matches()) {
            throw StorageException.invalid(
                    "settings." + field,
                    "For CHAP, it has up to 255 characters of ASCII, none of them a control character.");
        }
        return text;
    }

    /** For people. */
    String label() {
        return name + " at "
                + String.join(", ", portals.stream().map(Portal::text).toList());
    }
}
