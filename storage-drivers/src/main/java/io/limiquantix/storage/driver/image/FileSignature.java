package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises by its first bytes a file that is not the plain disk it is said to be. */
public final class FileSignature {
    private static final int ISO9660_OFFSET = 32_769;
    private static final int TAR_OFFSET = 257;
    private static final int VDI_OFFSET = 64;
    private static final int BLOCK = 512;

    private FileSignature() {}

    private record Signature(String what, long offset, ByteBuffer bytes) {}

    private static final Signature QCOW2 = hex("a qcow2 image", 0, "514649fb");

    private static final Map<Compression, Signature> COMPRESSIONS = Map.of(
            Compression.GZIP, hex("compressed with gzip: unpack it first", 0, "1f8b08"),
            Compression.XZ, hex("compressed with xz: unpack it first", 0, "fd377a585a00"),
            Compression.ZSTD, hex("compressed with zstd: unpack it first", 0, "28b52ffd"),
            Compression.BZIP2, hex("compressed with bzip2: unpack it first", 0, "425a68"));

    private static final List<Signature> CONTAINERS = List.of(
            QCOW2,
            text("a VMDK image", 0, "KDMV"),
            text("a VMDK image", 0, "COWD"),
            text("a VMDK descriptor", 0, "# Disk DescriptorFile"),
            hex("a VDI image", VDI_OFFSET, "7f10dabe"),
            text("a VHDX image", 0, "vhdxfile"),
            text("a VHD image", 0, "conectix"),
            text("a QED image", 0, "QED\0"),
            hex("a LUKS-encrypted disk", 0, "4c554b53babe"),
            text("a Parallels image", 0, "WithoutFreeSpace"),
            text("a Parallels image", 0, "WithouFreSpacExt"),
            text("a Bochs image", 0, "Bochs Virtual HD Image"),
            text("a tar archive (an OVA?)", TAR_OFFSET, "ustar"),
            hex("a zip archive: unpack it first", 0, "504b0304"));

    private static final List<Signature> ALL =
            Stream.concat(CONTAINERS.stream(), COMPRESSIONS.values().stream()).toList();

    private static Signature text(String what, long offset, String bytes) {
        return new Signature(what, offset, StandardCharsets.ISO_8859_1.encode(bytes));
    }

    private static Signature hex(String what, long offset, String bytes) {
        return new Signature(what, offset, ByteBuffer.wrap(HexFormat.of().parseHex(bytes)));
    }

    /** How the file is compressed, if it is. */
    public static Optional<Compression> compression(FileSlice file) throws IOException {
        try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
            for (Map.Entry<Compression, Signature> each : COMPRESSIONS.entrySet()) {
                if (matches(channel, file, each.getValue())) {
                    return Optional.of(each.getKey());
                }
            }
            return Optional.empty();
        }
    }

    /** What the file is when it is no plain disk, for the end of the sentence "It is …". */
    public static Optional<String> container(FileSlice file) throws IOException {
        try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
            for (Signature signature : ALL) {
                if (matches(channel, file, signature)) {
                    return Optional.of(signature.what());
                }
            }
            // A VHD of fixed size is told by its last block alone.
            long last = file.length() - BLOCK;
            boolean vhd = last > 0 && matches(channel, file, text("a VHD image", last, "conectix"));
            return vhd ? Optional.of("a VHD image") : Optional.empty();
        }
    }

    static boolean isQcow2(Path file) throws IOException {
        return matches(FileSlice.whole(file), QCOW2);
    }

    public static boolean isIso9660(FileSlice file) throws IOException {
        return matches(file, text("an ISO image", ISO9660_OFFSET, "CD001"));
    }

    private static boolean matches(FileSlice file, Signature signature) throws IOException {
        try (FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ)) {
            return matches(channel, file, signature);
        }
    }

    private static boolean matches(FileChannel channel, FileSlice file, Signature signature) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(signature.bytes().limit());
        return file.read(channel, signature.offset(), found).equals(signature.bytes());
    }
}
