package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.image.Qcow2Header;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What can be read of a volume's file while a domain uses it, without a process of its own. */
final class VolumeFile {
    private static final int AT_FDCWD = -100;
    private static final int STATX_BLOCKS = 0x400;
    private static final long STATX_SIZE = 256;
    private static final long BLOCKS_OFFSET = 48;
    private static final int BLOCK = 512;

    private VolumeFile() {}

    static long virtualBytes(Path file, VolumeFormat format) throws IOException {
        return switch (format) {
            case QCOW2 -> Qcow2Header.read(file).virtualBytes();
            case RAW -> Files.size(file);
        };
    }

    /** Java does not tell a sparse file's blocks, so this asks statx(2). */
    static long allocatedBytes(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(STATX_SIZE, Long.BYTES);
            MemorySegment name = arena.allocateFrom(file.toString());
            int result = (int) Statx.CALL.invokeExact(AT_FDCWD, name, 0, STATX_BLOCKS, status);
            if (result != 0) {
                throw new NoSuchFileException(file.toString());
            }
            return status.get(ValueLayout.JAVA_LONG, BLOCKS_OFFSET) * BLOCK;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("statx cannot be called", e);
        }
    }

    private static final class Statx {
        static final MethodHandle CALL = link();

        @SuppressWarnings("restricted")
        private static MethodHandle link() {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("statx"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS));
        }
    }
}
