package io.limiquantix.storage.driver.ova;

/**
 * A file inside of an archive.
 *
 * @param name as the archive has it, without a leading {@code ./}; only ever compared and shown
 * @param offset where its bytes begin in the archive
 * @param bytes how many it has, all of them there
 */
record TarMember(String name, long offset, long bytes) {
    boolean endsWith(String ending) {
        return name.regionMatches(true, name.length() - ending.length(), ending, 0, ending.length());
    }
}
