package io.limiquantix.app;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the verticles that a configuration file names and runs until it is told to stop. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_USAGE = 64;
    private static final int START_FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: limiquantix CONFIGURATION.yaml");
            System.exit(WRONG_USAGE);
        }
        try {
            PlatformProcess process = PlatformProcess.start(Path.of(arguments[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop"));
        } catch (Exception e) {
            LOG.error("LimiQuantix could not start: {}", e.getMessage(), e);
            System.exit(START_FAILED);
        }
    }
}
