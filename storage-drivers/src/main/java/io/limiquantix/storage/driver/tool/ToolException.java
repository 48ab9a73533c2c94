package io.limiquantix.storage.driver.tool;

/** A command line tool failed; the message names the program and carries its standard error. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** In place of an exit code when the tool did not end by itself. */
    public static final int NO_EXIT_CODE = -1;

    private final Kind kind;
    private final String errorOutput;
    private final int exitCode;

    ToolException(Kind kind, String message, String errorOutput, int exitCode) {
        super(message);
        this.kind = kind;
        this.errorOutput = errorOutput;
        this.exitCode = exitCode;
    }

    ToolException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.NOT_RUN;
        this.errorOutput = "";
        this.exitCode = NO_EXIT_CODE;
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

    public int exitCode() {
        return exitCode;
    }

    /** Its standard error, cut to a few kilobytes. */
    public String errorOutput() {
        return errorOutput;
    }
}
