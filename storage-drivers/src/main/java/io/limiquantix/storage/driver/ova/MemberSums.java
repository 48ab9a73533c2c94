package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.image.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;

/** The checksums of an archive's members. Each member is read once, however many are wanted of it. */
final class MemberSums {
    private static final int PIECE = 1 << 20;
    private static final double HUNDRED = 100;

    private final Path archive;
    private final FileChannel channel;
    private final DoubleConsumer percent;
    private final Map<TarMember, Map<MemberSum, String>> known = new HashMap<>();

    MemberSums(Path archive, FileChannel channel, DoubleConsumer percent) {
        this.archive = archive;
        this.channel = channel;
        this.percent = percent;
    }

    /** Lower case hexadecimal. */
    String read(TarMember member, MemberSum wanted) throws IOException {
        Map<MemberSum, String> sums = known.get(member);
        if (sums == null || !sums.containsKey(wanted)) {
            sums = readAll(member, wanted);
            known.put(member, sums);
        }
        return Objects.requireNonNull(sums.get(wanted));
    }

    /** SHA-256 is wanted of every disk in the end. */
    private Map<MemberSum, String> readAll(TarMember member, MemberSum wanted) throws IOException {
        Map<MemberSum, MessageDigest> digests = new HashMap<>();
        digests.put(MemberSum.SHA256, MemberSum.SHA256.begin());
        digests.put(wanted, wanted.begin());
        FileSlice slice = FileSlice.member(archive, member.offset(), member.bytes());
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long all = channel.size();
        for (long at = 0; at < member.bytes(); at += piece.limit()) {
            slice.read(channel, at, piece.clear());
            if (piece.limit() == 0) {
                throw new IOException("the archive has become shorter while it was read");
            }
            digests.values().forEach(digest -> digest.update(piece.duplicate()));
            percent.accept(HUNDRED * (member.offset() + at) / all);
        }
        Map<MemberSum, String> sums = new HashMap<>();
        digests.forEach((sum, digest) -> sums.put(sum, HexFormat.of().formatHex(digest.digest())));
        return sums;
    }
}
