package io.limiquantix.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an administrator sees and does with virsh, behind the platform's back. */
final class Libvirt {
    private Libvirt() {}

    static String virsh(String... arguments) {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", "qemu:///system"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    static List<String> domains() {
        return virsh("list", "--all", "--uuid")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    static boolean isDefined(String vmId) {
        return domains().contains(vmId);
    }

    static String state(String vmId) {
        return virsh("domstate", vmId).strip();
    }

    /** Removes what a failed test left behind. */
    static void destroyAll(Stream<String> vmIds) {
        vmIds.filter(Libvirt::isDefined).forEach(id -> {
            if (!state(id).equals("shut off")) {
                virsh("destroy", id);
            }
            virsh("undefine", id, "--nvram");
        });
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(command + " ended with " + code + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
