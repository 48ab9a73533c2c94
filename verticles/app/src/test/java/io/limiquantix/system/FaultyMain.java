package io.limiquantix.system;

import io.limiquantix.app.PlatformProcess;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real platform, which writes each point at which it could die to a file and dies as kill -9 would at the one that
 * another file names, if that file is there. Arguments: the configuration and the two files.
 */
public final class FaultyMain {
    private static final int KILLED = 137;
    private static final int START_FAILED = 1;

    private final Path trace;
    private final Path fatal;

    private FaultyMain(Path trace, Path fatal) {
        this.trace = trace;
        this.fatal = fatal;
    }

    public static void main(String[] arguments) {
        FaultyMain faulty = new FaultyMain(Path.of(arguments[1]), Path.of(arguments[2]));
        try {
            PlatformProcess process =
                    PlatformProcess.start(Path.of(arguments[0]), faulty.atSteps(), faulty::atMessages);
            Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop"));
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(START_FAILED);
        }
    }

    private synchronized void reached(String point) {
        try {
            Files.writeString(trace, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (Files.exists(fatal) && Files.readString(fatal).equals(point)) {
                Runtime.getRuntime().halt(KILLED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TaskObserver atSteps() {
        return new TaskObserver() {
            @Override
            public void stepBegins(UUID taskId, String kind, String step) {
                reached(kind + " begins " + step);
            }

            @Override
            public void stepDone(UUID taskId, String kind, String step) {
                reached(kind + " did " + step);
            }

            @Override
            public void undoBegins(UUID taskId, String kind, String step) {
                reached(kind + " undoes " + step);
            }
        };
    }

    /** A host's points: a request has come, and its work is done but the answer has not left. */
    private void atMessages(Vertx vertx) {
        Map<String, String> answers = new ConcurrentHashMap<>();
        vertx.eventBus().addInboundInterceptor(delivery -> {
            String address = delivery.message().address();
            if (address.startsWith("host.")
                    && address.contains("@")
                    && delivery.message().headers().isEmpty()) {
                String name = address.substring(0, address.indexOf('@'));
                answers.put(delivery.message().replyAddress(), name);
                reached("received " + name);
            }
            delivery.next();
        });
        vertx.eventBus().addOutboundInterceptor(delivery -> {
            String answered = answers.remove(delivery.message().address());
            if (answered != null) {
                reached("answers " + answered);
            }
            delivery.next();
        });
    }
}
