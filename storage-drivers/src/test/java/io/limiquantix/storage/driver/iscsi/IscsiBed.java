package io.limiquantix.storage.driver.iscsi;

import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The targets of the test bed, and what an administrator does with its tools. */
final class IscsiBed {
    private final Tool tool = new ProcessTool();

    static String environment(String name) {
        String value = System.getenv("TESTBED_ISCSI_" + name);
        if (value == null) {
            throw new IllegalStateException("the test bed does not say TESTBED_ISCSI_" + name);
        }
        return value;
    }

    Map<String, String> settings(String target) {
        return new HashMap<>(Map.of(
                "portals",
                environment("PORTAL"),
                "target",
                environment(target),
                "chapUser",
                environment("CHAP_USER"),
                "chapPassword",
                environment("CHAP_PASSWORD")));
    }

    Map<String, String> settings(String target, String name, String value) {
        Map<String, String> settings = settings(target);
        settings.put(name, value);
        return settings;
    }

    Map<String, String> mutual() {
        Map<String, String> settings = settings("TARGET_MUTUAL");
        settings.put("mutualUser", environment("CHAP_MUTUAL_USER"));
        settings.put("mutualPassword", environment("CHAP_MUTUAL_PASSWORD"));
        return settings;
    }

    String run(String... words) {
        return tool.run(CommandLine.of(words[0]).with(java.util.Arrays.copyOfRange(words, 1, words.length)))
                .strip();
    }

    /** As the host whose folder that is. */
    String lvm(StorageSurroundings host, UUID poolId, String... words) {
        String word = "limiquantix-" + Maker.of(host.folder().resolve(poolId.toString()));
        return tool.run(CommandLine.of(words[0])
                        .with(java.util.Arrays.copyOfRange(words, 1, words.length))
                        .with(
                                "--config",
                                "global{system_id_source=\"lvmlocal\"} local{system_id=\"" + word
                                        + "\"} backup{archive=0} activation{monitoring=0}"))
                .strip();
    }

    void cut() {
        run("testbed-iscsi", "cut");
    }

    void restore() {
        run("testbed-iscsi", "restore");
    }

    static boolean isLoggedIn(String target) {
        return !Session.with(environment(target)).isEmpty();
    }

    /** The disk that the kernel has for the target now. */
    static Path disk(String target) {
        return Path.of(
                "/dev",
                Session.with(environment(target))
                        .getFirst()
                        .disks()
                        .firstEntry()
                        .getValue());
    }

    /** Whether the program fails. */
    boolean refuses(String... words) {
        try {
            run(words);
            return false;
        } catch (ToolException _) {
            return true;
        }
    }
}
