package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What every driver does with images. */
public abstract class ImageContract extends SnapshotContract {
    protected ImageContract(Path scratch) {
        super(scratch);
    }

    @Test
    void keepsAnImageThatAVolumeDependsOn() {
        Image image = image(new byte[(int) MIB]);
        Volume volume = volume(MIB, image.id());
        if (pool.capabilities().instantClone()) {
            pool.images().delete(image.id());
            assertThat(firstBytes(volume)).containsOnly(0);
        } else {
            refuses(Reason.CONFLICT, () -> pool.images().delete(image.id()));
            pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
            pool.images().delete(image.id());
        }
        pool.images().delete(image.id());
        assertThat(pool.images().list()).isEmpty();
    }

    @Test
    void admitsAnImageOnce() {
        byte[] bytes = new byte[(int) MIB];
        UUID id = arrived(bytes);
        Image image = pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE);
        assertThat(image.virtualSizeBytes()).isEqualTo(MIB);
        assertThat(image.sha256()).isEqualTo("30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58");
        assertThat(pool.images().admit(id, ImageFormat.RAW, ExpectedSums.sha256(image.sha256())))
                .isEqualTo(image);
        refuses(Reason.CONFLICT, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.sha256("00")));
        refuses(Reason.CONFLICT, () -> pool.images().receive(id));
        assertThat(pool.images().list()).containsExactly(image);
    }

    @Test
    void givesTheFileOfARawImageAsItCame() throws IOException {
        byte[] bytes = new byte[(int) MIB + 512];
        new Random(5).nextBytes(bytes);
        UUID id = image(bytes).id();
        Path target = scratch.resolve("given.raw");
        assertThat(pool.images().export(id, target, percent -> {})).isEqualTo(ImageFormat.RAW);
        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        pool.images().file(id).ifPresent(file -> assertThat(file).hasBinaryContent(bytes));
        refuses(Reason.NOT_FOUND, () -> pool.images().export(UUID.randomUUID(), target, percent -> {}));
    }

    @Test
    void givesAQcow2FileThatHoldsWhatAQcow2ImageHolds() throws IOException {
        byte[] bytes = new byte[(int) (2 * MIB)];
        new Random(6).nextBytes(bytes);
        Path raw = Files.write(scratch.resolve("held.raw"), bytes);
        Path came = scratch.resolve("came.qcow2");
        ProcessTool tool = new ProcessTool();
        tool.run(CommandLine.of("qemu-img", "convert", "-c", "-f", "raw", "-O", "qcow2")
                .with(raw.toString(), came.toString()));
        UUID id = arrived(Files.readAllBytes(came));
        pool.images().admit(id, ImageFormat.QCOW2, ExpectedSums.NONE);
        Path target = scratch.resolve("given.qcow2");
        assertThat(pool.images().export(id, target, percent -> {})).isEqualTo(ImageFormat.QCOW2);
        tool.run(CommandLine.of("qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw.toString(), target.toString()));
        pool.images().file(id).ifPresent(file -> assertThat(file).hasSameBinaryContentAs(came));
        QemuLocation read = pool.images().location(id);
        tool.run(CommandLine.of(
                "qemu-img", "compare", "-f", "raw", "-F", read.format().label(), raw.toString(), read.name()));
        refuses(Reason.NOT_FOUND, () -> pool.images().location(UUID.randomUUID()));
    }

    @Test
    void refusesAWrongChecksumAndForgetsTheBytes() {
        UUID id = arrived(new byte[512]);
        refuses(Reason.INVALID, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.sha256("ab".repeat(32))));
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE));
    }

    @Test
    void comparesEveryChecksumThatIsAnnounced() {
        // As sha512sum and md5sum say of 512 zeroes.
        String sha512 = "df40d4a774e0b453a5b87c00d6f0ef5d753143454e88ee5f7b607134598294c7"
                + "905ccbcf94bbc46e474db6eb44e56a6dbb6d9a1be9d4fb5d1b5f2d0c6ed34bfe";
        String md5 = "bf619eac0cdf3f68d496ea9344137e8b";
        ExpectedSums right = new ExpectedSums(null, sha512.toUpperCase(Locale.ROOT), md5);
        ExpectedSums other = new ExpectedSums(null, sha512, "ab".repeat(16));
        UUID id = arrived(new byte[512]);
        refuses(Reason.INVALID, () -> pool.images().admit(id, ImageFormat.RAW, other));
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, right));
        UUID again = arrived(new byte[512]);
        assertThat(pool.images().admit(again, ImageFormat.RAW, right).fileBytes())
                .isEqualTo(512);
    }

    @Test
    void unpacksWhatIsCompressedBeforeItIsAdmitted() throws IOException {
        byte[] bytes = new byte[(int) MIB];
        new Random(3).nextBytes(bytes);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        UUID id = arrived(packed.toByteArray());
        assertThat(pool.images().isPacked(id, ArrivalFormat.RAW)).isTrue();
        Came came = pool.images().unpack(id, ArrivalFormat.RAW, ExpectedSums.NONE, percent -> {});
        assertThat(came.sha256()).isEqualTo(sha256(packed.toByteArray()));
        Image image = pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE);
        assertThat(image.sha256()).isEqualTo(sha256(bytes));
        assertThat(image.fileBytes()).isEqualTo(bytes.length);
        assertThat(firstBytes(volume(MIB, id))).startsWith(Arrays.copyOf(bytes, 16));
    }

    @Test
    void makesAnImageOfAnAppliancesDisk() throws IOException {
        UUID id = arrived(appliance());
        assertThat(pool.images()
                        .readAppliance(id, ExpectedSums.NONE, percent -> {})
                        .appliance()
                        .disks())
                .hasSize(1);
        UUID disk = UUID.randomUUID();
        pool.images().takeDisk(id, 0, disk, percent -> {});
        Image image = pool.images().admit(disk, ImageFormat.QCOW2, ExpectedSums.NONE);
        assertThat(image.virtualSizeBytes()).isEqualTo(MIB);
        pool.images().delete(id);
        assertThat(pool.images().list()).containsExactly(image);
        assertThat(firstBytes(volume(MIB, disk))[0]).isEqualTo((byte) 'A');
    }

    /** With one disk, whose first bytes are {@code A}. */
    private byte[] appliance() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("appliance"));
        Files.writeString(folder.resolve("box.ovf"), """
                <Envelope>
                  <References><File id="f" href="disk.vmdk"/></References>
                  <DiskSection><Disk diskId="d" fileRef="f" capacity="1048576"/></DiskSection>
                  <VirtualSystem id="box"><VirtualHardwareSection>
                    <Item><ResourceType>4</ResourceType><VirtualQuantity>1073741824</VirtualQuantity></Item>
                    <Item><ResourceType>17</ResourceType><HostResource>/disk/d</HostResource></Item>
                  </VirtualHardwareSection></VirtualSystem>
                </Envelope>
                """);
        new ProcessTool()
                .run(CommandLine.of(
                        "sh",
                        "-c",
                        "cd " + folder
                                + " && printf AAAAAAAA > raw && truncate -s 1M raw && qemu-img convert -f raw -O vmdk"
                                + " -o subformat=streamOptimized raw disk.vmdk && tar -cf box.ova box.ovf disk.vmdk"));
        return Files.readAllBytes(folder.resolve("box.ova"));
    }

    @Test
    void forgetsAnArrivalThatWasCutOff() {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(new byte[512]));
            refuses(Reason.CONFLICT, () -> pool.images().receive(id));
            refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE));
        }
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE));
    }

    @Test
    void goesOnWithAnImageWhereItWasCutOff() throws IOException {
        byte[] bytes = new byte[(int) (3 * MIB)];
        new Random(7).nextBytes(bytes);
        UUID id = UUID.randomUUID();
        part(id, bytes, 0, (int) MIB);
        part(id, bytes, (int) MIB, (int) MIB + 4711);
        refuses(Reason.CONFLICT, () -> pool.images().resume(id, MIB, bytes.length));
        refuses(Reason.NOT_FOUND, () -> pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE));
        pool.close();
        pool = openPool();
        long came = pool.images().arrived(id);
        assertThat(came).isEqualTo(MIB + 4711);
        try (ImageArrival arrival = pool.images().resume(id, came, bytes.length)) {
            refuses(Reason.CONFLICT, () -> pool.images().resume(id, came, bytes.length));
            arrival.write(ByteBuffer.wrap(bytes, (int) came, bytes.length - (int) came));
            assertThat(arrival.bytesWritten()).isEqualTo(bytes.length);
            assertThat(arrival.complete()).isEqualTo(sha256(bytes));
        }
        assertThat(pool.images().arrived(id)).isEqualTo(bytes.length);
        assertThat(pool.images()
                        .admit(id, ImageFormat.RAW, ExpectedSums.sha256(sha256(bytes)))
                        .virtualSizeBytes())
                .isEqualTo(bytes.length);
    }

    @Test
    void hasAllOfAnImageWhoseSenderWentAfterTheLastByte() {
        byte[] bytes = new byte[(int) MIB];
        UUID id = UUID.randomUUID();
        part(id, bytes, 0, 4096);
        part(id, bytes, 4096, bytes.length);
        assertThat(pool.images().arrived(id)).isEqualTo(bytes.length);
        assertThat(pool.images()
                        .admit(id, ImageFormat.RAW, ExpectedSums.sha256(sha256(bytes)))
                        .fileBytes())
                .isEqualTo(bytes.length);
    }

    @Test
    void keepsThePartsOfAnImageUntilItIsToldToForgetThem() {
        UUID id = UUID.randomUUID();
        part(id, new byte[4096], 0, 4000);
        refuses(Reason.CONFLICT, () -> pool.images().resume(id, 0, 4096));
        refuses(Reason.CONFLICT, () -> pool.images().resume(id, 4001, 4096));
        assertThat(pool.images().arrived(id)).isEqualTo(4000);
        pool.images().receive(id).close();
        assertThat(pool.images().arrived(id)).isZero();
        part(id, new byte[4096], 0, 1024);
        pool.images().delete(id);
        assertThat(pool.images().arrived(id)).isZero();
    }

    /** Sends the bytes from one offset to another, and is cut off. */
    private void part(UUID id, byte[] bytes, int from, int to) {
        try (ImageArrival arrival = pool.images().resume(id, from, bytes.length)) {
            arrival.write(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
