package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs iscsiadm(8); exit codes are those of open-iscsi's {@code iscsi_err.h}. */
final class Iscsiadm {
    private static final int NO_CONNECTION = 4;
    private static final int NO_LOGIN_ANSWER = 8;
    private static final int LOGIN_FAILED = 5;
    private static final int SESSION_EXISTS = 15;
    private static final int REFUSED = 19;
    private static final int NO_DAEMON = 20;
    private static final int NONE = 21;
    private static final int NOT_LET_IN = 24;

    private static final int KNOCK_MILLIS = 3_000;

    private static final Path INITIATOR = Path.of("/etc/iscsi/initiatorname.iscsi");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOG_IN = Duration.ofSeconds(40);

    private final Tool tool;
    private final CurrentTarget target;

    Iscsiadm(Tool tool, CurrentTarget target) {
        this.tool = tool;
        this.target = target;
    }

    void makeRecord(Portal portal) {
        run(node(portal).with("--op", "new"), portal);
    }

    /** Success when there is none. */
    void deleteRecord(Portal portal) {
        unless(NONE, node(portal).with("--op", "delete"), portal);
    }

    /** Success when there is a session already. */
    void logIn(Portal portal) {
        unless(SESSION_EXISTS, node(portal).with("--login").within(LOG_IN), portal);
    }

    /** Success when there is no session. */
    void logOut(Portal portal) {
        unless(NONE, node(portal).with("--logout"), portal);
    }

    /** Waits until the device nodes of new disks are there. */
    void settle() {
        run(
                CommandLine.of("udevadm", "settle", "--timeout=10"),
                target.now().portals().getFirst());
    }

    private CommandLine node(Portal portal) {
        return CommandLine.of(
                        "iscsiadm",
                        "--mode",
                        "node",
                        "--targetname",
                        target.now().name(),
                        "--portal",
                        portal.text())
                .within(PATIENCE);
    }

    private void run(CommandLine command, Portal portal) {
        unless(0, command, portal);
    }

    private void unless(int wanted, CommandLine command, Portal portal) {
        try {
            tool.run(command);
        } catch (ToolException e) {
            if (e.kind() != ToolException.Kind.FAILED || e.exitCode() != wanted) {
                throw failure(portal, e);
            }
        }
    }

    private StorageException failure(Portal portal, ToolException e) {
        String where = "The iSCSI target " + target.now().name() + " at " + portal.text();
        return switch (e.kind()) {
            case NOT_RUN ->
                new StorageException(Reason.FAILED, e.getMessage() + ". Install open-iscsi on this host.", Map.of(), e);
            case KILLED -> new StorageException(Reason.TIMEOUT, where + " did not answer in time.", Map.of(), e);
            case FAILED -> ended(where, portal, e);
        };
    }

    private StorageException ended(String where, Portal portal, ToolException e) {
        return switch (e.exitCode()) {
            case NOT_LET_IN ->
                invalid(
                        target.now().chap().isPresent() ? IscsiTarget.CHAP_PASSWORD : IscsiTarget.CHAP_USER,
                        where
                                + " does not let this host in. Compare the CHAP users and passwords, and whether the target "
                                + "knows this host's initiator, " + initiator() + ".",
                        e);
            case REFUSED, LOGIN_FAILED -> notThere(where, portal, e);
            // A target that is not there is told in the same way as a portal that is not.
            case NO_CONNECTION, NO_LOGIN_ANSWER ->
                isListening(portal)
                        ? notThere(where, portal, e)
                        : new StorageException(
                                Reason.FAILED,
                                "The portal " + portal.text() + " cannot be reached from this host.",
                                Map.of("field", "settings." + IscsiTarget.PORTALS),
                                e);
            case NO_DAEMON ->
                new StorageException(
                        Reason.FAILED,
                        "open-iscsi's daemon does not run on this host: \"systemctl enable --now iscsid\".",
                        Map.of(),
                        e);
            default -> new StorageException(Reason.FAILED, where + ": " + e.getMessage(), Map.of(), e);
        };
    }

    private static StorageException notThere(String where, Portal portal, ToolException e) {
        return invalid(
                IscsiTarget.TARGET,
                where + " is not there, or is not for this host, whose initiator is " + initiator()
                        + ". Compare with what the portal offers: \"iscsiadm -m discovery -t sendtargets -p "
                        + portal.text() + "\".",
                e);
    }

    /**
     * Asks nothing but whether somebody listens.
     *
     * @throws StorageException {@code INVALID} when nobody does at any of the portals
     */
    static void requireListening(IscsiTarget target) {
        if (target.portals().stream().noneMatch(Iscsiadm::isListening)) {
            throw StorageException.invalid(
                    "settings." + IscsiTarget.PORTALS,
                    "No portal of " + target.label() + " can be reached from this host.");
        }
    }

    private static boolean isListening(Portal portal) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(portal.host(), portal.port()), KNOCK_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static StorageException invalid(String field, String message, ToolException e) {
        return new StorageException(Reason.INVALID, message, Map.of("field", "settings." + field), e);
    }

    private static String initiator() {
        try {
            return Files.readAllLines(INITIATOR).stream()
                    .filter(line -> line.startsWith("InitiatorName="))
                    .map(line -> line.substring("InitiatorName=".length()).strip())
                    .findFirst()
                    .orElse("not set in " + INITIATOR);
        } catch (IOException e) {
            return "in " + INITIATOR + ", which cannot be read";
        }
    }
}
