package io.limiquantix.storage.driver.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Bytes that pass through a tool and are too many to be kept. Each method is called by a thread of its own. A tool that complains
 * on its standard error has failed then, whatever its exit code is.
 */
public interface Passage {
    /**
     * Gives the tool its input, which is closed afterwards. A {@link RuntimeException} is thrown by {@link Tool#run}.
     *
     * @throws IOException when the tool does not read it to the end; it says why by itself
     */
    void feed(OutputStream input) throws IOException;

    /** Takes all that the tool prints. When it throws, the tool is ended, and {@link Tool#run} throws the same. */
    void take(InputStream output);
}
