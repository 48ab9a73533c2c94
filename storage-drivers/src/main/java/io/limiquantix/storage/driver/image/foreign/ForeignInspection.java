package io.limiquantix.storage.driver.image.foreign;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.image.FileSlice;
import java.io.IOException;

/** Decides whether a disk of another program stands alone, so that QEMU opens no other file for it. Starts no process. */
public final class ForeignInspection {
    private ForeignInspection() {}

    /**
     * Answers the size of the disk in bytes, as the file says it; nothing is known of whether that can be.
     *
     * @param stated a foreign format
     * @throws StorageException {@code INVALID} with the reason, when the file is to be refused
     */
    public static long inspect(FileSlice file, ArrivalFormat stated) throws IOException {
        try (HeaderFile header = HeaderFile.open(file, stated)) {
            return switch (stated) {
                case VMDK -> VmdkHeader.inspect(header);
                case VHD -> VhdFooter.inspect(header);
                case VHDX -> VhdxMetadata.inspect(header);
                case VDI -> VdiHeader.inspect(header);
                case QED -> QedHeader.inspect(header);
                case QCOW2, RAW, ISO -> throw new IllegalArgumentException(stated + " is no disk of another program");
            };
        }
    }

    /**
     * Sees to it that QEMU finds all that the file says it holds: of some formats it reads zeroes where the file has ended. For one
     * that was inspected, and is no larger than a disk may be.
     *
     * @throws StorageException {@code INVALID} for a file that was cut off
     */
    public static void requireWhole(FileSlice file, ArrivalFormat stated) throws IOException {
        try (HeaderFile header = HeaderFile.open(file, stated)) {
            switch (stated) {
                case VMDK -> VmdkHeader.requireWhole(header);
                case VDI -> VdiHeader.requireWhole(header);
                case VHD, VHDX, QED, QCOW2, RAW, ISO -> {
                    // QEMU refuses these itself.
                }
            }
        }
    }
}
