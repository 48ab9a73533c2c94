package io.limiquantix.storage.driver.tool;

/** A command line tool failed; the message names the program and carries its standard error. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String errorOutput;

    ToolException(Kind kind, String message, String errorOutput) {
        super(message);
        this.kind = kind;
        this.errorOutput = errorOutput;
    }

    ToolException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.NOT_RUN;
        this.errorOutput = "";
    }

    /** How it failed. */
    public enum Kind {
        /** It could not be started: nothing happened. */
        NOT_RUN,
        /** It ended with an exit code other than 0 or by a signal. */
        FAILED,
        /** It was killed because its time was over, or printed too much: what it did is unknown. */
        KILLED
    }

    public Kind kind() {
        return kind;
    }

    /** Its standard error, cut to a few kilobytes. */
    public String errorOutput() {
        return errorOutput;
    }
}
