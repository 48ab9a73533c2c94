package io.limiquantix.bus.host;

/** What a virtual machine does now, as its hypervisor says. */
public enum PowerState {
    RUNNING,
    PAUSED,
    /** Asked to shut down and still running. */
    STOPPING,
    STOPPED,
    /** Off, with its memory kept on its host: the next start goes on from there. */
    SUSPENDED,
    CRASHED,
    /** Its host does not answer, or it has no domain yet. */
    UNKNOWN
}
