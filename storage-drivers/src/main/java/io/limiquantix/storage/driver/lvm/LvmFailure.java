package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ToolException;
import java.util.Map;
import java.util.regex.Pattern;

/** Why a program of LVM failed, in the SPI's words. All of them end with code 5, so it is told by what they say. */
final class LvmFailure {
    private static final Pattern THERE = Pattern.compile("already exists|already used");
    private static final Pattern MISSING = Pattern.compile("Failed to find (logical volume|volume group)|not found");
    private static final Pattern USED =
            Pattern.compile("in use|is used by another device|contains a filesystem|Cannot access VG .* with system ID"
                    + "|Can't open .* exclusively");
    private static final Pattern FULL =
            Pattern.compile("insufficient free space|Insufficient free space|free space in thin pool .* reached"
                    + "|No space left|not enough free");
    private static final Pattern NOISE = Pattern.compile("\\s*(WARNING:.*)?");

    private LvmFailure() {}

    /** {@code TIMEOUT} for one that was killed, {@code CONFLICT}, {@code NOT_FOUND}, {@code NO_SPACE}, else {@code FAILED}. */
    static StorageException of(CommandLine command, ToolException e) {
        return switch (e.kind()) {
            case NOT_RUN ->
                new StorageException(
                        Reason.FAILED,
                        e.getMessage() + ". Install lvm2 and thin-provisioning-tools on this host.",
                        Map.of(),
                        e);
            case KILLED ->
                new StorageException(
                        Reason.TIMEOUT, "LVM did not end \"" + shown(command) + "\": the disk is silent.", Map.of(), e);
            case FAILED ->
                new StorageException(
                        reason(e.errorOutput()), "LVM refused \"" + shown(command) + "\": " + said(e), Map.of(), e);
        };
    }

    private static Reason reason(String text) {
        if (THERE.matcher(text).find() || USED.matcher(text).find()) {
            return Reason.CONFLICT;
        }
        if (FULL.matcher(text).find()) {
            return Reason.NO_SPACE;
        }
        return MISSING.matcher(text).find() ? Reason.NOT_FOUND : Reason.FAILED;
    }

    private static String shown(CommandLine command) {
        return command.toString();
    }

    private static String said(ToolException e) {
        return e.errorOutput()
                .lines()
                .filter(line -> !NOISE.matcher(line).matches())
                .map(String::strip)
                .reduce((all, line) -> all + " " + line)
                .orElse("it ended with code " + e.exitCode() + ".");
    }
}
