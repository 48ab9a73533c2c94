package io.limiquantix.host.journal;

/** How far an operation has come that must not be done twice. */
enum Progress {
    NOTHING_DONE,
    /** Whether anything was done is unknown. */
    BEGUN,
    DONE
}
