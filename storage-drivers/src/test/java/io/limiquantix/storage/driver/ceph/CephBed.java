package io.limiquantix.storage.driver.ceph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster that {@code scripts/testbed/ceph up} made, seen as its administrator does. Its RBD pool is the tests' alone. */
public final class CephBed {
    private static final Pattern MESSENGER_2 = Pattern.compile("v2:([0-9.]+:[0-9]+)");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ProcessTool tool = new ProcessTool();
    private final Path folder;
    private final Map<String, String> facts = new HashMap<>();

    /** @param env what the test bed wrote */
    public CephBed(Path env) throws IOException {
        folder = env.resolveSibling("");
        for (String line : Files.readAllLines(env)) {
            String[] fact = line.split("=", 2);
            facts.put(fact[0], fact[1]);
        }
    }

    private String fact(String name) {
        String value = facts.get("TESTBED_CEPH_" + name);
        if (value == null) {
            throw new AssertionError("the test bed does not say " + name);
        }
        return value;
    }

    /** What a pool of the driver is told, its key among it. */
    public Map<String, String> settings() {
        return Map.of("monitors", fact("MONITORS"), "pool", fact("POOL"), "user", fact("USER"), "key", fact("KEY"));
    }

    Map<String, String> settings(String name, String value) {
        Map<String, String> changed = new HashMap<>(settings());
        changed.put(name, value);
        return changed;
    }

    /** What {@link #settings} call {@code key}, which is secret. */
    public String key() {
        return fact("KEY");
    }

    String pool() {
        return fact("POOL");
    }

    /** Where the monitor speaks messenger v2. */
    String newerMonitor() throws IOException {
        Matcher address = MESSENGER_2.matcher(Files.readString(Path.of(fact("ADMIN_CONFIG"))));
        if (!address.find()) {
            throw new AssertionError("the monitor has no address for messenger v2");
        }
        return address.group(1);
    }

    /** Of an image of the RBD pool. */
    public String spec(String image) {
        return pool() + "/" + image;
    }

    /** What it prints. */
    public String rbd(String... words) {
        return tool.run(CommandLine.of("rbd", "--conf", fact("ADMIN_CONFIG"))
                .with(words)
                .within(PATIENCE));
    }

    /** Makes or changes a user who may use the RBD pool so, and answers its key. */
    String userKey(String user, String profile) {
        ceph("auth", "del", "client." + user);
        return ceph(
                        "auth",
                        "get-or-create-key",
                        "client." + user,
                        "mon",
                        "profile rbd",
                        "osd",
                        profile + " pool=" + pool())
                .strip();
    }

    String ceph(String... words) {
        return tool.run(CommandLine.of("ceph", "--conf", fact("ADMIN_CONFIG"))
                .with(words)
                .within(PATIENCE));
    }

    String rados(String... words) {
        return tool.run(CommandLine.of("rados", "--conf", fact("ADMIN_CONFIG"), "--pool", pool())
                .with(words)
                .within(PATIENCE));
    }

    List<String> images() {
        try {
            return List.of(new JsonMapper().readValue(rbd("ls", "--format", "json", pool()), String[].class));
        } catch (JsonProcessingException e) {
            throw new AssertionError("rbd ls", e);
        }
    }

    void stopDisk() {
        script("stop-osd");
    }

    void startDisk() {
        script("start-osd");
    }

    private void script(String command) {
        String script = Path.of("..", "scripts", "testbed", "ceph").toString();
        tool.run(CommandLine.of(script, command, folder.toString()).within(PATIENCE));
    }

    /** Removes every image. */
    public void wipe() {
        for (int depth = 0; depth < 4 && !images().isEmpty(); depth++) {
            // A clone goes before its parent does.
            images().forEach(this::tryRemove);
        }
        if (!images().isEmpty()) {
            throw new AssertionError("the RBD pool cannot be wiped: " + images());
        }
    }

    private void tryRemove(String image) {
        try {
            for (String line : rbd("snap", "ls", spec(image)).lines().skip(1).toList()) {
                if (line.contains(" yes ")) {
                    rbd("snap", "unprotect", spec(image) + "@" + line.strip().split(" +", 3)[1]);
                }
            }
            rbd("snap", "purge", "--no-progress", spec(image));
        } catch (ToolException _) {
            // It has clones, or is a name that leads to nothing.
        }
        try {
            rbd("rm", "--no-progress", spec(image));
        } catch (ToolException _) {
            // The next round tries again.
        }
    }
}
