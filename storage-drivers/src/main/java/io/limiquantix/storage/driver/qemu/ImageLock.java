package io.limiquantix.storage.driver.qemu;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether a QEMU, on this host or on another one of the same NFS server, has an image open to change it. QEMU keeps a byte of the
 * file locked for each thing that it may do (block/file-posix.c: from byte 100 on, BLK_PERM_WRITE is the second and
 * BLK_PERM_RESIZE the fourth); Java asks for no such lock without taking it, so this calls fcntl(2).
 */
public final class ImageLock {
    private static final long[] CHANGES = {101, 103};

    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int F_OFD_GETLK = 36;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;
    /** struct flock: type and whence, start, length, process. */
    private static final long FLOCK_SIZE = 32;

    private static final long START = 8;
    private static final long LENGTH = 16;

    private ImageLock() {}

    /**
     * May wait as long as a server that is away.
     *
     * @throws StorageException {@code CONFLICT} when somebody has the file open to change it
     */
    public static void refuseWhileWritten(Path file) throws IOException {
        if (isWritten(file)) {
            throw StorageException.conflict("The volume is in use by a running domain or a tool, which has " + file
                    + " open. Stop that first.");
        }
    }

    private static boolean isWritten(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) Calls.OPEN.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY_CLOEXEC);
            if (descriptor < 0) {
                throw new NoSuchFileException(file.toString(), null, "it cannot be opened");
            }
            try {
                return isAnyLocked(file, descriptor, arena.allocate(FLOCK_SIZE, Long.BYTES));
            } finally {
                int closed = (int) Calls.CLOSE.invokeExact(descriptor);
                assert closed == 0 : file;
            }
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("fcntl cannot be called", e);
        }
    }

    private static boolean isAnyLocked(Path file, int descriptor, MemorySegment lock) throws Throwable {
        for (long at : CHANGES) {
            lock.fill((byte) 0);
            lock.set(ValueLayout.JAVA_SHORT, 0, F_WRLCK);
            lock.set(ValueLayout.JAVA_LONG, START, at);
            lock.set(ValueLayout.JAVA_LONG, LENGTH, 1);
            int result = (int) Calls.FCNTL.invokeExact(descriptor, F_OFD_GETLK, lock);
            if (result != 0) {
                throw new IOException("the locks on " + file + " cannot be looked at");
            }
            if (lock.get(ValueLayout.JAVA_SHORT, 0) != F_UNLCK) {
                return true;
            }
        }
        return false;
    }

    private static final class Calls {
        static final MethodHandle OPEN =
                link("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        static final MethodHandle FCNTL = link(
                "fcntl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle CLOSE =
                link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        @SuppressWarnings("restricted")
        private static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
        }
    }
}
