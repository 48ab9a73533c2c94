package io.limiquantix.storage.driver.ova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Disk;
import io.limiquantix.storage.driver.Appliance.DiskFile;
import io.limiquantix.storage.driver.Appliance.Firmware;
import io.limiquantix.storage.driver.Appliance.Nic;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.durable.DurableFiles;
import io.limiquantix.storage.driver.qemu.QemuImg;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.DyingTool;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An appliance that was written is read by our own reader, by tar, and by sha256sum. */
class ApplianceWritingIT {
    private static final int MIB = 1 << 20;
    private static final long FIRST = 24L * MIB;
    private static final long SECOND = 9L * MIB + 512;
    private static final long EMPTY = 3L << 40;

    private final ProcessTool tool = new ProcessTool();
    private final Path scratch;
    private final Path archive;
    private final Path first;
    private final Path second;

    ApplianceWritingIT(@TempDir Path scratch) {
        this.scratch = scratch;
        this.archive = scratch.resolve("made.ova");
        this.first = scratch.resolve("first.qcow2");
        this.second = scratch.resolve("second.raw");
    }

    @BeforeEach
    void makeDisks() throws IOException {
        Path raw = scratch.resolve("first.raw");
        fill(raw, FIRST, 3 * MIB);
        tool.run(CommandLine.of("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), first.toString()));
        Files.delete(raw);
        fill(second, SECOND, MIB);
    }

    private static void fill(Path file, long size, int count) throws IOException {
        byte[] bytes = new byte[count];
        new Random(size).nextBytes(bytes);
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(size);
            disk.seek(size / 2);
            disk.write(bytes);
            disk.seek(size - 512);
            disk.write(bytes, 0, 512);
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String sh(String command) {
        return tool.run(CommandLine.of("sh", "-c", "cd " + scratch + " && " + command));
    }

    private static Appliance machine(String name, @Nullable String network) {
        return new Appliance(
                name,
                "Some Vendor Box 3",
                "Debian 12",
                3,
                768L * MIB,
                Firmware.UEFI,
                List.of(new Nic(network), new Nic("lan")),
                List.of(new Disk(FIRST, null), new Disk(EMPTY, null), new Disk(SECOND, null)));
    }

    private ApplianceWriting writing(Tool with, Appliance machine, String about) {
        var one = new QemuLocation(first.toString(), VolumeFormat.QCOW2);
        var two = new QemuLocation(second.toString(), VolumeFormat.RAW);
        return ApplianceWriting.of(
                new QemuImg(with), machine, about, List.of(Optional.of(one), Optional.empty(), Optional.of(two)));
    }

    private Appliance read() throws IOException {
        return ApplianceReading.read(archive, percent -> {});
    }

    /** Without what lies in the archive. */
    private static Appliance hardware(Appliance read) {
        return new Appliance(
                read.name(),
                read.product(),
                read.operatingSystem(),
                read.vcpus(),
                read.memoryBytes(),
                read.firmware(),
                read.nics(),
                read.disks().stream()
                        .map(disk -> new Disk(disk.capacityBytes(), null))
                        .toList());
    }

    /** What has no file has no line in the manifest; a gap before the first disk would end the archive for whoever reads it. */
    @Test
    void manyDisksWithoutFilesLeaveNoGap() throws IOException {
        Optional<QemuLocation> full = Optional.of(new QemuLocation(first.toString(), VolumeFormat.QCOW2));
        List<Optional<QemuLocation>> contents = new ArrayList<>(Collections.nCopies(9, Optional.empty()));
        contents.add(full);
        List<Disk> disks = new ArrayList<>(Collections.nCopies(9, new Disk(EMPTY, null)));
        disks.add(new Disk(FIRST, null));
        Appliance machine =
                new Appliance("mail", null, null, 1, 768L * MIB, Firmware.BIOS, List.of(new Nic("lan")), disks);
        ApplianceWriting.of(new QemuImg(tool), machine, "", contents).write(archive, percent -> {});
        assertThat(sh("tar tf made.ova").lines()).contains("appliance.mf").hasSize(3);
        assertThat(hardware(read()).disks()).isEqualTo(disks);
    }

    @Test
    void isReadAgainWithTheSameHardwareAndTheSameDisks() throws IOException {
        List<Double> told = new CopyOnWriteArrayList<>();
        ApplianceWriting writing = writing(tool, machine("mail", "default"), "Relays mail.");
        writing.write(archive, told::add);
        Appliance read = read();
        assertThat(hardware(read)).isEqualTo(machine("mail", "default"));
        assertThat(told).isSorted().last().isEqualTo(100.0);
        assertThat(Files.size(archive)).isLessThan(writing.mostBytes());
        assertThat(sh("tar -tf made.ova"))
                .isEqualTo("appliance.ovf\nappliance.mf\nappliance-disk1.vmdk\nappliance-disk3.vmdk\n");
        sh(
                "mkdir out && tar -C out -xf made.ova && cd out && sed 's/^SHA256(\\(.*\\))= \\(.*\\)/\\2  \\1/' appliance.mf"
                        + " | sha256sum --strict -c");
        sh("qemu-img compare -f vmdk -F qcow2 out/appliance-disk1.vmdk first.qcow2");
        sh("qemu-img compare -f vmdk -F raw out/appliance-disk3.vmdk second.raw");
        assertThat(sh("qemu-img info -f vmdk out/appliance-disk1.vmdk")).contains("streamOptimized");
        assertThat(read.disks())
                .extracting(Disk::file)
                .extracting(file -> file == null ? null : file.name())
                .containsExactly("appliance-disk1.vmdk", null, "appliance-disk3.vmdk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]]>",
                "</Name><Disk ovf:diskId=\"x\"/>",
                "../../etc/passwd",
                "\"'&<>;<!--",
                "&#10;<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
                "\u00e4\u6f22\ud83d\ude00",
            })
    void aHostileNameStaysAName(String name) throws IOException {
        writing(tool, machine(name, name), name + "\n\u0001\ufffe" + name).write(archive, percent -> {});
        assertThat(hardware(read())).isEqualTo(machine(name, name));
        assertThat(sh("tar -tf made.ova").lines()).hasSize(4).allMatch(member -> member.startsWith("appliance"));
    }

    @Test
    void alsoALongNameAndAsManyDisksAsTwoControllersHave() throws IOException {
        String longest = "x".repeat(255);
        int count = 20;
        var disks = IntStream.range(0, count)
                .mapToObj(i -> new Disk((i + 1L) * MIB, null))
                .toList();
        var machine = new Appliance(longest, null, null, 1, (1L << 20) + 1, Firmware.BIOS, List.of(), disks);
        List<Optional<QemuLocation>> nothing = new ArrayList<>();
        disks.forEach(disk -> nothing.add(Optional.empty()));
        ApplianceWriting.of(new QemuImg(tool), machine, "", nothing).write(archive, percent -> {});
        Appliance read = read();
        assertThat(read.name()).isEqualTo("x".repeat(200));
        assertThat(read.disks()).isEqualTo(disks);
        assertThat(read.memoryBytes()).isEqualTo((1L << 20) + 1);
        assertThat(read.firmware()).isEqualTo(Firmware.BIOS);
    }

    /** Nothing is written between the two headers but a hole. */
    @ParameterizedTest
    @ValueSource(longs = {(8L << 30) - 1, 8L << 30, (3L << 40) + 5})
    void sizesAreReadWhereOctalDigitsEnd(long bytes) throws IOException {
        try (FileChannel out = FileChannel.open(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(TarBlocks.header("big.vmdk", bytes, Instant.EPOCH));
            long next = TarBlocks.BLOCK + TarBlocks.padded(bytes);
            out.write(TarBlocks.header("next", 0, Instant.EPOCH), next);
            out.write(TarBlocks.end(), next + TarBlocks.BLOCK);
        }
        try (FileChannel in = FileChannel.open(archive, StandardOpenOption.READ)) {
            assertThat(TarReader.members(in))
                    .extracting(TarMember::name, TarMember::bytes)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("big.vmdk", bytes),
                            org.assertj.core.groups.Tuple.tuple("next", 0L));
        }
        assertThat(sh("tar -tvf made.ova").lines())
                .hasSize(2)
                .first()
                .asString()
                .contains(" " + bytes + " ")
                .endsWith(" big.vmdk");
    }

    /** The process dies with each program that it runs: what lies there is what the next start sweeps away. */
    @Test
    void aProcessThatDiesLeavesNothingButWhatIsSweptAway() throws IOException {
        DyingTool dying = new DyingTool(tool, Set.of("measure"));
        Path made = DurableFiles.unfinished(scratch.resolve("export"));
        for (int step = 0; step < 2; step++) {
            ApplianceWriting writing = writing(dying, machine("mail", null), "");
            dying.dieAfter(step);
            assertThatThrownBy(() -> writing.write(made, percent -> {})).isInstanceOf(DyingTool.Death.class);
            dying.live();
            DurableFiles.sweep(scratch, Duration.ZERO);
            assertThat(left()).containsExactly("first.qcow2", "second.raw");
        }
        writing(dying, machine("mail", null), "").write(made, percent -> {});
        assertThat(left()).hasSize(3);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @EnabledIf(value = "isRoot", disabledReason = "mounting a small file system needs root")
    void aDiskThatIsFullInTheMiddleIsSaidAndNothingStaysBesideTheArchive() throws IOException {
        Path small = Files.createDirectory(scratch.resolve("small"));
        tool.run(CommandLine.of("mount", "-t", "tmpfs", "-o", "size=5m", "none", small.toString()));
        try {
            Path made = small.resolve("made.ova");
            assertThatThrownBy(() -> writing(tool, machine("mail", null), "").write(made, percent -> {}))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
            try (Stream<Path> files = Files.list(small)) {
                assertThat(files).allMatch(made::equals);
            }
        } finally {
            tool.run(CommandLine.of("umount", small.toString()));
        }
    }

    @Test
    void whatWasChangedIsNoticedByTheReader() throws IOException {
        writing(tool, machine("mail", null), "").write(archive, percent -> {});
        DiskFile file = Objects.requireNonNull(read().disks().getFirst().file());
        try (RandomAccessFile change = new RandomAccessFile(archive.toFile(), "rw")) {
            change.seek(file.offset() + file.bytes() / 2);
            int old = change.read();
            change.seek(file.offset() + file.bytes() / 2);
            change.write(old ^ 1);
        }
        assertThatThrownBy(this::read).hasMessageContaining("was changed or damaged");
    }
}
