package io.limiquantix.storage.driver.iscsi;

/** A user and a password by which one side proves itself to the other; RFC 1994. Its text shows no password. */
record Chap(String user, String password) {
    @Override
    public String toString() {
        return "Chap[" + user + "]";
    }
}
