package io.limiquantix.storage.driver.staging;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.unpack.Unpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * What an image's file was unpacked or converted to. Once it is there it takes the place of what arrived, and a file beside it says
 * what that was.
 *
 * @param arrived where the bytes lie that came
 */
record UnpackedArrival(Path arrived, Path sha256File) {
    private static final String FILE = ".unpacked";
    private static final String FACTS = ".came";
    private static final String DISK = ".disk";
    private static final String MODE = "rw-------";

    Path file() {
        return arrived.resolveSibling(arrived.getFileName() + FILE);
    }

    private Path factsFile() {
        return arrived.resolveSibling(arrived.getFileName() + FACTS);
    }

    boolean isThere() {
        return Files.isRegularFile(file());
    }

    /** Makes it where it is not there yet. What arrived goes then, and also when it is refused. */
    Came make(Unpacking unpacking, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent)
            throws IOException {
        if (!isThere()) {
            try {
                makeAnew(unpacking, stated, expected, percent);
            } catch (StorageException e) {
                if (e.reason() == StorageException.Reason.INVALID) {
                    forgetArrived();
                }
                throw e;
            }
        }
        forgetArrived();
        return new JsonMapper().readValue(Files.readAllBytes(factsFile()), Came.class);
    }

    private void makeAnew(Unpacking unpacking, ArrivalFormat stated, ExpectedSums expected, DoubleConsumer percent)
            throws IOException {
        String sha256 = StagedArrival.sha256(arrived, sha256File);
        Sum.require(expected, sha256, arrived);
        FileSlice came = FileSlice.whole(arrived);
        makeOf(
                came,
                new Came(stated, Unpacking.compression(came, stated).orElse(null), sha256, came.length()),
                unpacking,
                percent);
    }

    /** Makes it of a disk that lies in an appliance's archive, where it is not there yet. */
    void make(FileSlice disk, Came came, Unpacking unpacking, DoubleConsumer percent) throws IOException {
        if (!isThere()) {
            makeOf(disk, came, unpacking, percent);
        }
    }

    private void makeOf(FileSlice bytes, Came came, Unpacking unpacking, DoubleConsumer percent) throws IOException {
        deleteUnfinished();
        try {
            Path aside = DurableFiles.unfinished(file());
            Path disk = DurableFiles.unfinished(arrived.resolveSibling(arrived.getFileName() + DISK));
            unpacking.make(bytes, came.format(), disk, aside, percent);
            DurableFiles.write(factsFile(), new JsonMapper().writeValueAsBytes(came), MODE);
            DurableFiles.publish(aside, file());
        } finally {
            uninterrupted(this::deleteUnfinished);
        }
    }

    /** Only unpacks what came, which stays. */
    void decompress(Unpacking unpacking, FileSlice came, Compression how, DoubleConsumer percent) throws IOException {
        deleteUnfinished();
        try {
            Path aside = DurableFiles.unfinished(file());
            unpacking.decompress(came, how, aside, percent);
            DurableFiles.publish(aside, file());
        } finally {
            uninterrupted(this::deleteUnfinished);
        }
    }

    void forgetArrived() throws IOException {
        uninterrupted(() -> {
            DurableFiles.delete(arrived);
            DurableFiles.delete(sha256File);
        });
    }

    /** Also what an earlier process left half made. */
    private void deleteUnfinished() throws IOException {
        List<Path> unfinished;
        try (Stream<Path> files = Files.list(arrived.resolveSibling("."))) {
            unfinished = files.filter(file -> isUnfinished(String.valueOf(file.getFileName())))
                    .toList();
        }
        for (Path file : unfinished) {
            DurableFiles.delete(file);
        }
    }

    private boolean isUnfinished(String name) {
        String own = "." + arrived.getFileName();
        return (name.startsWith(own + FILE) || name.startsWith(own + DISK)) && name.endsWith(DurableFiles.UNFINISHED);
    }

    @FunctionalInterface
    private interface Deletion {
        void run() throws IOException;
    }

    /** Whoever ends the work interrupts its thread, and a thread that is interrupted can delete nothing for good. */
    private static void uninterrupted(Deletion deletion) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            deletion.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void forget() throws IOException {
        deleteUnfinished();
        DurableFiles.delete(file());
        DurableFiles.delete(factsFile());
    }
}
