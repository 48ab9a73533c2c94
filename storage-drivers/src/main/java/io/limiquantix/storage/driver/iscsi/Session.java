package io.limiquantix.storage.driver.iscsi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A session of this host as the kernel shows it (scsi_transport_iscsi).
 *
 * @param folder {@code /sys/class/iscsi_session/session1}
 */
record Session(Path folder) {
    private static final Path SESSIONS = Path.of("/sys/class/iscsi_session");
    private static final Path CONNECTIONS = Path.of("/sys/class/iscsi_connection");
    private static final Pattern UNIT = Pattern.compile("\\d+:\\d+:\\d+:(\\d+)");

    /** Those with the target that are there now, in whatever state. */
    static List<Session> with(String target) {
        return entries(SESSIONS).stream()
                .map(Session::new)
                .filter(session -> session.attribute("targetname").equals(target))
                .toList();
    }

    /** Whether commands get through as far as is known; the kernel notices within about ten seconds. */
    boolean isLoggedIn() {
        return attribute("state").equals("LOGGED_IN");
    }

    boolean isTo(Portal portal) {
        String prefix = "connection" + String.valueOf(folder.getFileName()).substring("session".length()) + ":";
        return entries(CONNECTIONS).stream()
                .filter(each -> String.valueOf(each.getFileName()).startsWith(prefix))
                .anyMatch(each -> read(each.resolve("persistent_address")).equals(portal.host())
                        && read(each.resolve("persistent_port")).equals(Integer.toString(portal.port())));
    }

    private String attribute(String name) {
        return read(folder.resolve(name));
    }

    /** The block devices by their LUN, by the kernel's names: {@code sda}. */
    TreeMap<Integer, String> disks() {
        TreeMap<Integer, String> disks = new TreeMap<>();
        for (Path target : entries(folder.resolve("device"))) {
            if (!String.valueOf(target.getFileName()).startsWith("target")) {
                continue;
            }
            for (Path unit : entries(target)) {
                Matcher address = UNIT.matcher(String.valueOf(unit.getFileName()));
                Optional<Path> block = entries(unit.resolve("block")).stream().findFirst();
                if (address.matches() && block.isPresent()) {
                    disks.put(
                            Integer.parseInt(address.group(1)),
                            String.valueOf(block.get().getFileName()));
                }
            }
        }
        return disks;
    }

    /** The kernel takes what is asked for away at any moment. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static List<Path> entries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
