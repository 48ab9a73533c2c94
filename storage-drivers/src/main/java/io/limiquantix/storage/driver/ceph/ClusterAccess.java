package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of this host with which the tools of Ceph and QEMU reach the cluster, whatever {@code /etc/ceph} says: a
 * {@code ceph.conf} and beside it the user's key, which only their owner can read.
 */
final class ClusterAccess {
    /** How long one request to a disk of the cluster may stay unanswered before a tool gives up. */
    static final int SILENCE_SECONDS = 30;

    private static final int CONNECT_SECONDS = 10;
    private static final String MODE = "rw-------";

    private final ClusterAddress address;
    private final Path folder;
    private final String mark;

    /**
     * @param folder what belongs to the pool on this host
     * @param mark in the names of the files, so that two accesses do not share any
     */
    ClusterAccess(ClusterAddress address, Path folder, String mark) {
        this.address = address;
        this.folder = folder;
        this.mark = mark;
    }

    ClusterAddress address() {
        return address;
    }

    Path configuration() {
        return folder.resolve("ceph" + mark + ".conf");
    }

    private Path key() {
        return folder.resolve("key" + mark);
    }

    /** Writes the files where they are missing or say something else. */
    void ensure() {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            ensure(key(), address.key().base64());
            ensure(configuration(), text());
        } catch (IOException e) {
            throw StorageException.of("The files for reaching the Ceph cluster cannot be written", e);
        }
    }

    private static void ensure(Path file, String text) throws IOException {
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(text)) {
            DurableFiles.write(file, text.getBytes(StandardCharsets.US_ASCII), MODE);
        }
    }

    /**
     * Without the time-outs a tool waits for ever for a disk (OSD) that is down. They are for each request, so that a copy of
     * hours is not cut off while the cluster answers.
     */
    private String text() {
        return """
                [global]
                mon host = %s
                keyring = /dev/null
                keyfile = %s
                client mount timeout = %d
                rados mon op timeout = %d
                rados osd op timeout = %d
                log file =
                """.formatted(
                        MonitorList.text(address.monitors()), key(), CONNECT_SECONDS, SILENCE_SECONDS, SILENCE_SECONDS);
    }

    /** Nobody on this host reaches the cluster with them any more. */
    void remove() {
        try {
            DurableFiles.delete(key());
            DurableFiles.delete(configuration());
        } catch (IOException e) {
            throw StorageException.of("The key of the Ceph user cannot be removed from " + folder, e);
        }
    }
}
