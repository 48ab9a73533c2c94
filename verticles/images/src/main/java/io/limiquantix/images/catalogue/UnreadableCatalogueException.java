package io.limiquantix.images.catalogue;

/** A text that is no catalogue at all. */
final class UnreadableCatalogueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why for a person to read */
    UnreadableCatalogueException(String why) {
        super(why);
        this.why = why;
    }

    UnreadableCatalogueException(String why, Throwable cause) {
        super(why, cause);
        this.why = why;
    }

    String why() {
        return why;
    }
}
