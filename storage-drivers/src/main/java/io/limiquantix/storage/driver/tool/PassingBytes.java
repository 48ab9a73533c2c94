package io.limiquantix.storage.driver.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What gives a running tool its input, and takes its output. */
final class PassingBytes {
    private static final System.Logger LOG = System.getLogger(PassingBytes.class.getName());

    private final FutureTask<Boolean> feeding;
    private final FutureTask<Boolean> taking;

    private PassingBytes(FutureTask<Boolean> feeding, FutureTask<Boolean> taking) {
        this.feeding = feeding;
        this.taking = taking;
    }

    static PassingBytes through(Process process, Passage passage) {
        FutureTask<Boolean> feeding = new FutureTask<>(() -> feed(process, passage));
        FutureTask<Boolean> taking = new FutureTask<>(() -> take(process, passage));
        Thread.ofVirtual().start(feeding);
        Thread.ofVirtual().start(taking);
        return new PassingBytes(feeding, taking);
    }

    private static boolean feed(Process process, Passage passage) {
        try (OutputStream input = process.getOutputStream()) {
            passage.feed(input);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a tool did not read its input to the end", e);
            return false;
        }
    }

    /** Closing the output ends a tool whose bytes nobody takes any more. */
    private static boolean take(Process process, Passage passage) throws IOException {
        try (InputStream output = process.getInputStream()) {
            passage.take(output);
            return true;
        }
    }

    /** For a tool that has ended: what the passage threw is thrown again, and comes before anything that the tool says. */
    void awaitEnd() throws InterruptedException {
        outcome(taking);
        outcome(feeding);
    }

    private static void outcome(FutureTask<Boolean> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new ToolException("What passes through a tool could not be read: " + e.getCause(), e);
        }
    }
}
