package io.limiquantix.storage.driver.staging;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Disk;
import io.limiquantix.storage.driver.Appliance.DiskFile;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.image.FileSignature;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.ova.ApplianceReading;
import io.limiquantix.storage.driver.unpack.Unpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * An appliance's archive that has arrived, and beside it what was read in it. An archive that came compressed is unpacked once, as
 * its members are read where they lie.
 *
 * @param arrived where the bytes lie that came
 * @param unpacked what the archive is unpacked to where it came compressed
 */
record StagedAppliance(Path arrived, Path sha256File, UnpackedArrival unpacked) {
    private static final String FACTS = ".appliance";
    private static final String MODE = "rw-------";
    private static final double HALF = 0.5;
    private static final double FIFTY = 50;

    private Path factsFile() {
        return arrived.resolveSibling(arrived.getFileName() + FACTS);
    }

    /** What was read before is answered again. */
    ArrivedAppliance read(Unpacking unpacking, ExpectedSums expected, DoubleConsumer percent) throws IOException {
        Optional<ArrivedAppliance> before = facts();
        if (before.isPresent()) {
            return before.get();
        }
        String sha256 = StagedArrival.sha256(arrived, sha256File);
        Sum.require(expected, sha256, arrived);
        FileSlice came = FileSlice.whole(arrived);
        Optional<Compression> compression = FileSignature.compression(came);
        Appliance appliance;
        if (compression.isPresent()) {
            unpacked.decompress(unpacking, came, compression.get(), done -> percent.accept(done * HALF));
            appliance = ApplianceReading.read(unpacked.file(), done -> percent.accept(FIFTY + done * HALF));
        } else {
            appliance = ApplianceReading.read(arrived, percent);
        }
        unpacking.requireRoom(arrived, leastBytes(appliance));
        var facts = new ArrivedAppliance(appliance, compression.orElse(null), sha256, came.length());
        DurableFiles.write(factsFile(), new JsonMapper().writeValueAsBytes(facts), MODE);
        if (compression.isPresent()) {
            unpacked.forgetArrived();
        }
        return facts;
    }

    /** Nothing that is stored without compression takes less than with it. */
    private static long leastBytes(Appliance appliance) {
        return appliance.disks().stream()
                .map(Disk::file)
                .mapToLong(file -> file == null ? 0 : file.bytes())
                .sum();
    }

    private Optional<ArrivedAppliance> facts() throws IOException {
        Path facts = factsFile();
        return Files.isRegularFile(facts)
                ? Optional.of(new JsonMapper().readValue(Files.readAllBytes(facts), ArrivedAppliance.class))
                : Optional.empty();
    }

    /** @param index of the disk among those of the appliance */
    DiskFile disk(int index) throws IOException {
        List<Disk> disks = facts().map(read -> read.appliance().disks()).orElse(List.of());
        Disk disk = index < 0 || index >= disks.size() ? null : disks.get(index);
        DiskFile file = disk == null ? null : disk.file();
        if (file == null) {
            throw StorageException.notFound("The appliance was not read, or has no file of a disk " + index + ".");
        }
        return file;
    }

    /** Where the archive lies that the disks' offsets are those of. */
    Path archive() {
        return unpacked.isThere() ? unpacked.file() : arrived;
    }

    void forget() throws IOException {
        DurableFiles.delete(factsFile());
    }
}
