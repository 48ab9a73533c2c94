package io.limiquantix.bus.host;

/** What a guest did at the moment at which its disks were kept. */
public enum Stillness {
    /** It was off. */
    OFF,
    /** Its agent had its file systems frozen, so all that its programs had written to files is in them. */
    QUIESCED,
    /** It ran: its disks are as after a power cut. */
    RUNNING
}
