package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Writes an appliance: a tar archive of its description, a manifest with SHA-256, and its disks as {@code streamOptimized} VMDK, in this
 * order (DSP0243, "Distribution"). The sizes and sums that the first two name are known when the disks have been written, so room is left
 * for them. One disk at a time is made beside the archive and then taken into it.
 */
public final class ApplianceWriting {
    private static final String DESCRIPTION = "appliance.ovf";
    private static final String MANIFEST = "appliance.mf";
    private static final int PIECE = 1 << 20;
    private static final double HUNDRED = 100;
    /** What cannot be compressed takes a little more; 1/64 is twice of what VMDK's grains add. */
    private static final int EXTRA_SHARE = 64;

    private final QemuImg qemuImg;
    private final Appliance machine;
    private final String about;
    private final List<Contents> contents;

    /** @param bytes that are not just zeroes */
    private record Contents(long capacityBytes, Optional<QemuLocation> location, long bytes) {
        private long mostBytes() {
            return location.isEmpty() ? 0 : bytes + bytes / EXTRA_SHARE + PIECE;
        }
    }

    private ApplianceWriting(QemuImg qemuImg, Appliance machine, String about, List<Contents> contents) {
        this.qemuImg = qemuImg;
        this.machine = machine;
        this.about = about;
        this.contents = List.copyOf(contents);
    }

    /**
     * Measures what there is to write.
     *
     * @param machine its disks' files are not looked at
     * @param about what its owner says of it, empty for nothing
     * @param disks what each of the machine's disks holds, empty for one that begins empty
     */
    public static ApplianceWriting of(
            QemuImg qemuImg, Appliance machine, String about, List<Optional<QemuLocation>> disks) {
        List<Contents> contents = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            Optional<QemuLocation> location = disks.get(i);
            long bytes = location.map(qemuImg::dataBytes).orElse(0L);
            contents.add(new Contents(machine.disks().get(i).capacityBytes(), location, bytes));
        }
        return new ApplianceWriting(qemuImg, machine, about, contents);
    }

    /** How much room the archive and what is made beside it take at most, in bytes. */
    public long mostBytes() {
        long all = contents.stream().mapToLong(Contents::mostBytes).sum();
        return all + contents.stream().mapToLong(Contents::mostBytes).max().orElse(0) + PIECE;
    }

    /**
     * Writes the archive; it may take hours. Interrupting the thread ends it, with nothing left but an archive that is not whole.
     *
     * @param archive is not there yet
     * @param percent is told how far it is, 0 to 100, by any thread
     */
    public void write(Path archive, DoubleConsumer percent) {
        Path aside = DurableFiles.unfinished(archive);
        try (FileChannel out = FileChannel.open(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(out, aside, percent);
        } catch (IOException e) {
            throw StorageException.of("The appliance cannot be written", e);
        } finally {
            deleteQuietly(aside);
        }
    }

    private static void deleteQuietly(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw StorageException.of("What was made beside the appliance cannot be deleted", e);
        }
    }

    private void writeAll(FileChannel out, Path aside, DoubleConsumer percent) throws IOException {
        int descriptionRoom = (int) TarBlocks.padded(longestDescription());
        int manifestRoom = (int) TarBlocks.padded(longestManifest());
        out.position(2L * TarBlocks.BLOCK + descriptionRoom + manifestRoom);
        Instant now = Instant.now();
        List<WrittenDisk> disks = new ArrayList<>();
        StringBuilder sums = new StringBuilder();
        Progress progress = new Progress(percent);
        for (Contents disk : contents) {
            int number = disks.size() + 1;
            WrittenDisk written = new WrittenDisk(number, disk.capacityBytes(), false, 0);
            if (disk.location().isPresent()) {
                qemuImg.exportStreamed(disk.location().get(), aside, done -> progress.of(disk, done));
                written = new WrittenDisk(number, VmdkCapacity.read(aside), true, Files.size(aside));
                sums.append(sum(written.fileName(), take(out, aside, written, now)));
                Files.delete(aside);
                progress.done(disk);
            }
            disks.add(written);
        }
        write(out, TarBlocks.end());
        writeBeginning(out, new WrittenDescription(machine, about, disks), sums.toString(), descriptionRoom, now);
    }

    private long longestDescription() {
        List<WrittenDisk> disks = new ArrayList<>();
        for (Contents disk : contents) {
            boolean hasFile = disk.location().isPresent();
            disks.add(new WrittenDisk(disks.size() + 1, Long.MAX_VALUE, hasFile, Long.MAX_VALUE));
        }
        return new WrittenDescription(machine, about, disks).bytes().length;
    }

    private long longestManifest() {
        String noSum = HexFormat.of().formatHex(new byte[32]);
        StringBuilder lines = new StringBuilder(sum(DESCRIPTION, noSum));
        for (int i = 0; i < contents.size(); i++) {
            if (contents.get(i).location().isPresent()) {
                lines.append(sum(new WrittenDisk(i + 1, 0, true, 0).fileName(), noSum));
            }
        }
        return lines.length();
    }

    private static String sum(String file, String sum) {
        return "SHA256(" + file + ")= " + sum + "\n";
    }

    /** Both are filled up to their room: what comes after an element or a list says nothing. */
    private static void writeBeginning(
            FileChannel out, WrittenDescription description, String sums, int descriptionRoom, Instant now)
            throws IOException {
        byte[] text = filled(description.bytes(), descriptionRoom);
        MessageDigest digest = MemberSum.SHA256.begin();
        digest.update(text);
        String lines = sum(DESCRIPTION, HexFormat.of().formatHex(digest.digest())) + sums;
        long manifestAt = TarBlocks.BLOCK + (long) descriptionRoom;
        out.position(0);
        write(out, TarBlocks.header(DESCRIPTION, text.length, now));
        write(out, ByteBuffer.wrap(text));
        out.position(manifestAt);
        byte[] manifest = lines.getBytes(StandardCharsets.US_ASCII);
        write(out, TarBlocks.header(MANIFEST, manifest.length, now));
        write(out, ByteBuffer.wrap(manifest));
    }

    private static byte[] filled(byte[] text, int room) {
        byte[] filled = Arrays.copyOf(text, room);
        Arrays.fill(filled, text.length, room, (byte) '\n');
        return filled;
    }

    /** @return the SHA-256 of the disk's file */
    private static String take(FileChannel out, Path file, WrittenDisk disk, Instant now) throws IOException {
        write(out, TarBlocks.header(disk.fileName(), disk.fileBytes(), now));
        MessageDigest digest = MemberSum.SHA256.begin();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (in.read(piece.clear()) >= 0) {
                digest.update(piece.flip().duplicate());
                write(out, piece);
            }
        }
        write(out, ByteBuffer.allocate((int) (TarBlocks.padded(disk.fileBytes()) - disk.fileBytes())));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /** Of all disks together, by what is on them. */
    private final class Progress {
        private final DoubleConsumer percent;
        private final long all =
                contents.stream().mapToLong(Contents::mostBytes).sum();
        private volatile long finished;

        private Progress(DoubleConsumer percent) {
            this.percent = percent;
        }

        private void of(Contents disk, double done) {
            percent.accept((finished * HUNDRED + disk.mostBytes() * done) / all);
        }

        private void done(Contents disk) {
            long now = finished + disk.mostBytes();
            finished = now;
            percent.accept(now * HUNDRED / all);
        }
    }
}
