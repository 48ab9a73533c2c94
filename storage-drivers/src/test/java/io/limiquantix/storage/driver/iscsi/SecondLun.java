package io.limiquantix.storage.driver.iscsi;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** LUN 1 of a target of the test bed while it is open; made before anybody logs in. */
final class SecondLun implements AutoCloseable {
    private static final Path TREE = Path.of("/sys/kernel/config/target");
    private static final Path FILE = Path.of("/srv/iscsi/second.img");
    private static final long BYTES = 1L << 30;

    private final Deque<Path> made = new ArrayDeque<>();

    private SecondLun() {}

    static SecondLun of(String target) throws IOException {
        SecondLun lun = new SecondLun();
        try (var file = new RandomAccessFile(FILE.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        lun.made.push(FILE);
        Path store = lun.folder(TREE.resolve("core/fileio_0/second"));
        write(store.resolve("control"), "fd_dev_name=" + FILE + ",fd_dev_size=" + BYTES);
        write(store.resolve("wwn/vpd_unit_serial"), "00000000-0000-4000-8000-00000000000b");
        write(store.resolve("enable"), "1");
        Path group = TREE.resolve("iscsi").resolve(target).resolve("tpgt_1");
        Path unit = lun.folder(group.resolve("lun/lun_1"));
        lun.link(unit.resolve("second"), store);
        Path access = lun.folder(
                group.resolve("acls").resolve(IscsiBed.environment("INITIATOR")).resolve("lun_1"));
        lun.link(access.resolve("second"), unit);
        return lun;
    }

    private Path folder(Path path) throws IOException {
        made.push(Files.createDirectory(path));
        return path;
    }

    private void link(Path path, Path to) throws IOException {
        made.push(Files.createSymbolicLink(path, to));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, java.nio.file.StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        for (Path each : made) {
            Files.delete(each);
        }
    }
}
