package io.limiquantix.compute.spec;

import io.limiquantix.bus.compute.CloudInit;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** What the commands of a first boot, a locale and a time zone may be. */
final class GuestSettingRules {
    private static final int MOST_COMMANDS = 100;
    private static final int MOST_COMMAND_CHARACTERS = 4_096;
    /** POSIX.1-2017, 8.2: language, territory, codeset and modifier. */
    private static final Pattern LOCALE =
            Pattern.compile("(C|POSIX|[a-z]{2,3}(_[A-Z]{2})?)(\\.[A-Za-z0-9-]{1,20})?(@[a-z]{1,20})?");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private GuestSettingRules() {}

    static void check(CloudInit wish) {
        commands(wish.runCommands());
        if (wish.locale() != null) {
            Check.matches(wish.locale(), LOCALE, "cloudInit.locale", "a locale looks like de_DE.UTF-8.");
        }
        String zone = wish.timeZone();
        if (zone != null) {
            // Names that only Java has are not in a guest's /usr/share/zoneinfo.
            Check.that(
                    ZoneId.getAvailableZoneIds().contains(zone) && !zone.startsWith("SystemV/"),
                    "cloudInit.timeZone",
                    Check.shown(zone) + " is no time zone; they are called as Europe/Vienna or UTC.");
        }
    }

    private static void commands(List<String> commands) {
        String field = "cloudInit.runCommands";
        Check.that(commands.size() <= MOST_COMMANDS, field, "At most " + MOST_COMMANDS + " commands are run.");
        for (int i = 0; i < commands.size(); i++) {
            String command = commands.get(i);
            Check.that(
                    !command.isBlank()
                            && command.length() <= MOST_COMMAND_CHARACTERS
                            && !CONTROL.matcher(command).find(),
                    field + "[" + i + "]",
                    "A command has 1 to " + MOST_COMMAND_CHARACTERS + " characters, none of them a control character.");
        }
    }
}
