package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.lvm.Disk;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The disk of the target: after a new session it has another name. */
final class Lun implements Disk {
    private static final Duration UNTIL_FOUND = Duration.ofSeconds(20);
    /** The target's disks come together. */
    private static final Duration AFTER_OTHERS = Duration.ofSeconds(3);

    private static final Duration UNTIL_MULTIPATH = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Tool tool;
    private final CurrentTarget target;
    private final Sessions sessions;

    Lun(Tool tool, CurrentTarget target, Sessions sessions) {
        this.tool = tool;
        this.target = target;
        this.sessions = sessions;
    }

    /** The kernel finds disks some time after a log-in, and multipathd them after that. */
    void await() {
        Instant end = Instant.now().plus(UNTIL_FOUND);
        Instant endAfterOthers = Instant.now().plus(AFTER_OTHERS);
        while (disks().isEmpty()) {
            if (Instant.now().isAfter(luns().isEmpty() ? end : endAfterOthers)) {
                throw missing();
            }
            pause();
        }
        Instant multipath = Instant.now().plus(UNTIL_MULTIPATH);
        while (disks().size() > 1 && ofMultipath().isEmpty() && Instant.now().isBefore(multipath)) {
            pause();
        }
    }

    private StorageException missing() {
        String there = luns().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return StorageException.invalid(
                "settings." + IscsiTarget.LUN,
                "The target " + target.now().label() + " shows this host no LUN "
                        + target.now().lun() + (there.isEmpty() ? ", and no other either." : ", but " + there + "."));
    }

    private List<Integer> luns() {
        return sessions.now().stream()
                .flatMap(session -> session.disks().keySet().stream())
                .distinct()
                .toList();
    }

    /** @throws StorageException {@code FAILED} while there is no session */
    @Override
    public Path device() {
        return ofMultipath()
                .or(() -> disks().stream().findFirst().map(disk -> Path.of("/dev", disk)))
                .orElseThrow(() -> new StorageException(
                        Reason.FAILED,
                        "This host has no session with the target "
                                + target.now().label() + ".",
                        Map.of(),
                        new IllegalStateException("no LUN " + target.now().lun())));
    }

    @Override
    public Optional<String> identity() {
        return disks().stream().findFirst().flatMap(BlockDevice::identity);
    }

    private Optional<Path> ofMultipath() {
        return disks().stream()
                .flatMap(disk -> BlockDevice.multipath(disk).stream())
                .findFirst();
    }

    /** One for each session, those first whose session is not cut. */
    private List<String> disks() {
        return sessions.now().stream()
                .sorted((one, other) -> Boolean.compare(other.isLoggedIn(), one.isLoggedIn()))
                .map(session -> session.disks().get(target.now().lun()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether a block can be read now. */
    boolean answers(Duration patience) {
        if (!sessions.isAnyLoggedIn()) {
            return false;
        }
        try {
            tool.run(CommandLine.of("dd", "if=" + device(), "of=/dev/null")
                    .with("bs=4096", "count=1", "iflag=direct", "status=none")
                    .within(patience));
            return true;
        } catch (ToolException | StorageException _) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Reason.TIMEOUT, "Waiting for an iSCSI disk was interrupted.", Map.of(), e);
        }
    }
}
