package io.limiquantix.storage.driver.ova;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Disk;
import io.limiquantix.storage.driver.Appliance.DiskFile;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.image.FileSlice;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Reads an appliance's archive: its description, its manifest where it has one, and of its other members those that its disks are.
 * Whatever else lies in it is passed over, certificates among them.
 */
public final class ApplianceReading {
    private static final long MOST_TEXT_BYTES = 1 << 20;

    private final Path archive;
    private final FileChannel channel;
    private final List<TarMember> members;

    private ApplianceReading(Path archive, FileChannel channel) throws IOException {
        this.archive = archive;
        this.channel = channel;
        this.members = TarReader.members(channel);
    }

    /**
     * Starts no process and changes nothing. Interrupting its thread ends it.
     *
     * @param percent is told how far it has come, 0 to 100
     * @throws StorageException {@code INVALID} with the reason, when the archive is to be refused
     */
    public static Appliance read(Path archive, DoubleConsumer percent) throws IOException {
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.READ)) {
            return new ApplianceReading(archive, channel).read(percent);
        }
    }

    private Appliance read(DoubleConsumer percent) throws IOException {
        TarMember text = only(".ovf").orElseThrow(() -> Refusal.of("has no description (a file .ovf)."));
        Description said = Description.parse(bytes(text));
        List<TarMember> files = new ArrayList<>();
        for (DescribedDisk disk : said.disks()) {
            DescribedFile file = disk.file();
            if (file != null) {
                files.add(member(file));
            }
        }
        MemberSums sums = new MemberSums(archive, channel, percent);
        Optional<TarMember> list = only(".mf");
        if (list.isPresent()) {
            compare(Manifest.parse(bytes(list.get())), text, files, sums);
        }
        List<Disk> disks = new ArrayList<>();
        for (DescribedDisk disk : said.disks()) {
            disks.add(disk(disk, sums));
        }
        return new Appliance(
                said.name(),
                said.product(),
                said.operatingSystem(),
                said.vcpus(),
                said.memoryBytes(),
                said.firmware(),
                said.nics(),
                disks);
    }

    private Optional<TarMember> only(String ending) {
        List<TarMember> found =
                members.stream().filter(member -> member.endsWith(ending)).toList();
        if (found.size() > 1) {
            throw Refusal.of(
                    "has " + found.size() + " files " + ending.toLowerCase(Locale.ROOT) + "; one is admitted.");
        }
        return found.stream().findFirst();
    }

    private byte[] bytes(TarMember member) throws IOException {
        if (member.bytes() > MOST_TEXT_BYTES) {
            throw Refusal.of("has a file " + Refusal.shown(member.name()) + " of " + member.bytes() + " bytes; at most "
                    + MOST_TEXT_BYTES + " are read of such a one.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) member.bytes());
        FileSlice.member(archive, member.offset(), member.bytes()).read(channel, 0, bytes);
        return bytes.array();
    }

    private Optional<TarMember> named(String name) {
        return members.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** References are URIs; some programs write them so, and some as the file is called. */
    private static String decoded(String reference) {
        try {
            return URLDecoder.decode(reference.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return reference;
        }
    }

    private TarMember member(DescribedFile file) {
        TarMember member = named(file.name())
                .or(() -> named(decoded(file.name())))
                .orElseThrow(() ->
                        Refusal.of("needs the file " + Refusal.shown(file.name()) + ", which is not in the archive."));
        Long bytes = file.bytes();
        if (bytes != null && bytes != member.bytes()) {
            throw Refusal.of("says that " + Refusal.shown(file.name()) + " has " + bytes + " bytes, but it has "
                    + member.bytes() + ".");
        }
        return member;
    }

    /** Everything that the manifest lists, also what nobody needs; it has to list whatever is needed. */
    private void compare(Manifest manifest, TarMember text, List<TarMember> files, MemberSums sums) throws IOException {
        manifest.requireEntry(text);
        files.forEach(manifest::requireEntry);
        for (String name : manifest.entries().keySet()) {
            if (members.stream().noneMatch(member -> member.name().equals(name))) {
                throw Refusal.of("has a manifest that lists " + Refusal.shown(name) + ", which is not in the archive.");
            }
        }
        for (TarMember member : members) {
            Optional<Manifest.Entry> entry = manifest.of(member);
            if (entry.isPresent()
                    && !sums.read(member, entry.get().by()).equals(entry.get().sum())) {
                throw Refusal.of("was changed or damaged: the checksum of " + Refusal.shown(member.name())
                        + " is not the one in its manifest.");
            }
        }
    }

    private Disk disk(DescribedDisk disk, MemberSums sums) throws IOException {
        DescribedFile file = disk.file();
        if (file == null) {
            return new Disk(disk.capacityBytes(), null);
        }
        TarMember member = member(file);
        return new Disk(
                disk.capacityBytes(),
                new DiskFile(
                        Description.plain(member.name()),
                        member.offset(),
                        member.bytes(),
                        file.isGzip() ? Compression.GZIP : null,
                        sums.read(member, MemberSum.SHA256)));
    }
}
