package io.limiquantix.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The cluster of one node that {@code scripts/testbed/ceph up} made. */
final class TestCeph {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path env;

    TestCeph() {
        this.env = Path.of(System.getProperty("ceph.env", ""));
    }

    static boolean isThere() {
        return !System.getProperty("ceph.env", "").isEmpty();
    }

    /** What the API is told to make a pool of it. */
    ObjectNode pool(String name) {
        ObjectNode pool = (ObjectNode) ApiClient.json("{\"driver\": \"ceph\"}");
        pool.put("name", name);
        pool.putObject("settings")
                .put("monitors", fact("MONITORS"))
                .put("pool", fact("POOL"))
                .put("user", fact("USER"));
        pool.putObject("secrets").put("key", fact("KEY"));
        return pool;
    }

    List<String> images() {
        return new ProcessTool()
                .run(CommandLine.of("rbd", "--conf", fact("ADMIN_CONFIG"), "ls", fact("POOL"))
                        .within(PATIENCE))
                .lines()
                .toList();
    }

    void stopDisk() {
        script("stop-osd");
    }

    void startDisk() {
        script("start-osd");
    }

    private void script(String command) {
        String script = Path.of("..", "..", "scripts", "testbed", "ceph").toString();
        new ProcessTool()
                .run(CommandLine.of(script, command, env.resolveSibling("").toString())
                        .within(PATIENCE));
    }

    private String fact(String name) {
        try {
            String key = "TESTBED_CEPH_" + name + "=";
            return Files.readAllLines(env).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
