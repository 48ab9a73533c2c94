package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.Appliance;
import io.limiquantix.storage.driver.Appliance.Firmware;
import io.limiquantix.storage.driver.Appliance.Nic;
import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.Compression;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Appliances that real tools made, and the images that become of their disks. */
class ApplianceIT {
    private final ApplianceBed bed;

    ApplianceIT(@TempDir Path scratch) throws IOException {
        this.bed = new ApplianceBed(scratch);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    void saysWhatMachineItIs() throws IOException {
        Path archive = bed.simple();
        ArrivedAppliance read = bed.read(bed.unpack.arrived(archive));
        Appliance appliance = read.appliance();
        assertThat(appliance.name()).isEqualTo("Mail relay");
        assertThat(appliance.operatingSystem()).isEqualTo("Debian GNU/Linux 12 (64-bit)");
        assertThat(appliance.product()).isNull();
        assertThat(appliance.vcpus()).isEqualTo(2);
        assertThat(appliance.memoryBytes()).isEqualTo(512L << 20);
        assertThat(appliance.firmware()).isEqualTo(Firmware.BIOS);
        assertThat(appliance.nics()).containsExactly(new Nic("VM Network"));
        assertThat(appliance.disks()).singleElement().satisfies(disk -> {
            assertThat(disk.capacityBytes()).isEqualTo(40L << 20);
            assertThat(disk.file()).isNotNull();
        });
        assertThat(read.bytes()).isEqualTo(Files.size(archive));
        assertThat(read.compression()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'subformat=streamOptimized'", "'subformat=monolithicSparse'"})
    void itsDiskBecomesAnImage(String options) throws IOException {
        Path raw = bed.unpack.raw();
        bed.describe(ApplianceBed.description());
        Path vmdk = bed.disk("disk1.vmdk", raw, options);
        UUID id = bed.unpack.arrived(bed.tar("box.ovf disk1.vmdk"));
        bed.read(id);
        UUID disk = UUID.randomUUID();
        List<Double> progress = new CopyOnWriteArrayList<>();
        Came came = bed.unpack.pool.images().takeDisk(id, 0, disk, progress::add);
        assertThat(came).isEqualTo(new Came(ArrivalFormat.VMDK, null, sha256(vmdk), Files.size(vmdk)));
        assertThat(progress).isSorted().contains(100.0);
        assertThat(bed.take(id, 0, disk)).as("asked again").isEqualTo(came);
        Image image = bed.unpack.pool.images().admit(disk, ImageFormat.QCOW2, ExpectedSums.NONE);
        bed.unpack.assertSame(raw, image);
        assertThat(image.virtualSizeBytes()).isEqualTo(UnpackBed.DISK_BYTES);
        bed.unpack.pool.images().delete(id);
        assertThat(bed.unpack.incoming()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=ustar",
                "--format=pax",
                "--format=gnu",
                "--format=oldgnu",
                "--format=v7",
                "--format=posix --mtime=@1.5"
            })
    void readsEveryFormatOfTar(String options) throws IOException {
        bed.simple();
        UUID id = bed.unpack.arrived(bed.tar(options + " box.ovf disk1.vmdk"));
        bed.read(id);
        bed.unpack.assertSame(bed.unpack.scratch.resolve("disk.raw"), bed.image(id, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=pax"})
    void findsADiskWithALongName(String options) throws IOException {
        bed.simple();
        String name = "n".repeat(180) + ".vmdk";
        Files.move(bed.folder.resolve("disk1.vmdk"), bed.folder.resolve(name));
        bed.describe(ApplianceBed.description().replace("disk1.vmdk", name));
        bed.read(bed.unpack.arrived(bed.tar(options + " box.ovf " + name)));
    }

    @Test
    void findsADiskWhoseNameIsWrittenAsAnAddress() throws IOException {
        bed.simple();
        Files.move(bed.folder.resolve("disk1.vmdk"), bed.folder.resolve("my disk+1.vmdk"));
        bed.describe(ApplianceBed.description().replace("disk1.vmdk", "my%20disk+1.vmdk"));
        bed.read(bed.unpack.arrived(bed.tar("box.ovf 'my disk+1.vmdk'")));
    }

    @Test
    void readsAnArchiveOfAFolderInAnyOrder() throws IOException {
        bed.simple();
        Files.writeString(bed.folder.resolve("box.cert"), "whatever");
        Files.writeString(bed.folder.resolve("box.nvram"), "whatever");
        UUID id = bed.unpack.arrived(bed.tar("."));
        bed.read(id);
        bed.unpack.assertSame(bed.unpack.scratch.resolve("disk.raw"), bed.image(id, 0));
    }

    /** As of a program that writes no end. */
    @Test
    void readsAnArchiveThatEndsWithItsLastMember() throws IOException {
        Path archive = bed.simple();
        long end = 0;
        for (String member : List.of("box.ovf", "disk1.vmdk")) {
            end += 512 + (Files.size(bed.folder.resolve(member)) + 511) / 512 * 512;
        }
        assertThat(Files.size(archive)).isGreaterThan(end);
        bed.unpack.sh("truncate -s " + end + " " + archive);
        bed.read(bed.unpack.arrived(archive));
    }

    @Test
    void keepsTheOrderOfItsDisks() throws IOException {
        Path raw = bed.unpack.raw();
        bed.disk("first.vmdk", raw);
        Path other = bed.unpack.scratch.resolve("other.raw");
        bed.unpack.sh("head -c 5M /dev/urandom > " + other);
        bed.disk("second.vmdk", other);
        bed.describe(TWO_DISKS);
        UUID id = bed.unpack.arrived(bed.tar("box.ovf second.vmdk first.vmdk"));
        List<Appliance.Disk> disks = bed.read(id).appliance().disks();
        assertThat(disks)
                .extracting(Appliance.Disk::capacityBytes)
                .containsExactly(40L << 20, 10_000_000_000L, 5L << 20);
        assertThat(disks.get(1).file()).as("begins empty").isNull();
        bed.unpack.assertSame(raw, bed.image(id, 0));
        bed.unpack.assertSame(other, bed.image(id, 2));
        assertThatThrownBy(() -> bed.image(id, 1)).hasMessageContaining("no file");
    }

    /** Of version 2 of the format, with UEFI, a product, two network cards, and items that belong to another configuration. */
    private static final String TWO_DISKS = """
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2"
                xmlns:rasd="urn:rasd" xmlns:sasd="urn:sasd" xmlns:epasd="urn:epasd" xmlns:vmw="urn:vmw">
              <References>
                <File ovf:id="a" ovf:href="first.vmdk"/>
                <File ovf:id="b" ovf:href="second.vmdk"/>
              </References>
              <DiskSection>
                <Disk ovf:diskId="empty" ovf:capacity="10" ovf:capacityAllocationUnits="byte*10^9"/>
                <Disk ovf:diskId="two" ovf:fileRef="b" ovf:capacity="5242880"/>
                <Disk ovf:diskId="one" ovf:fileRef="a" ovf:capacity="40" ovf:capacityAllocationUnits="MegaBytes"/>
              </DiskSection>
              <DeploymentOptionSection>
                <Configuration ovf:id="small"/>
                <Configuration ovf:id="large" ovf:default="true"/>
              </DeploymentOptionSection>
              <VirtualSystem ovf:id="pair">
                <ProductSection><Product>Mail</Product><Vendor>Example</Vendor><Version>1.2</Version></ProductSection>
                <VirtualHardwareSection>
                  <Item ovf:configuration="small"><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
                  <Item ovf:configuration="large"><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>8</rasd:VirtualQuantity></Item>
                  <Item><rasd:ResourceType>4</rasd:ResourceType><rasd:AllocationUnits>GigaBytes</rasd:AllocationUnits><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
                  <Item><rasd:InstanceID>10</rasd:InstanceID><rasd:ResourceType>5</rasd:ResourceType></Item>
                  <Item><rasd:InstanceID>11</rasd:InstanceID><rasd:ResourceType>6</rasd:ResourceType></Item>
                  <StorageItem><sasd:Parent>11</sasd:Parent><sasd:AddressOnParent>1</sasd:AddressOnParent><sasd:ResourceType>17</sasd:ResourceType><sasd:HostResource>/disk/two</sasd:HostResource></StorageItem>
                  <StorageItem><sasd:Parent>11</sasd:Parent><sasd:AddressOnParent>0</sasd:AddressOnParent><sasd:ResourceType>17</sasd:ResourceType><sasd:HostResource>ovf:/disk/empty</sasd:HostResource></StorageItem>
                  <StorageItem><sasd:Parent>10</sasd:Parent><sasd:AddressOnParent>0</sasd:AddressOnParent><sasd:ResourceType>17</sasd:ResourceType><sasd:HostResource>ovf:/disk/one</sasd:HostResource></StorageItem>
                  <EthernetPortItem><epasd:ResourceType>10</epasd:ResourceType><epasd:Connection>front</epasd:Connection></EthernetPortItem>
                  <EthernetPortItem><epasd:ResourceType>10</epasd:ResourceType></EthernetPortItem>
                  <vmw:Config vmw:key="firmware" vmw:value="efi"/>
                </VirtualHardwareSection>
              </VirtualSystem>
            </Envelope>
            """;

    @Test
    void readsTheSecondVersionOfTheFormat() throws IOException {
        bed.disk("first.vmdk", bed.unpack.raw());
        bed.disk("second.vmdk", bed.unpack.raw());
        bed.describe(TWO_DISKS);
        Appliance read = bed.read(bed.unpack.arrived(bed.tar("box.ovf second.vmdk first.vmdk")))
                .appliance();
        assertThat(read.name()).isEqualTo("pair");
        assertThat(read.product()).isEqualTo("Example Mail 1.2");
        assertThat(read.operatingSystem()).isNull();
        assertThat(read.vcpus()).isEqualTo(8);
        assertThat(read.memoryBytes()).isEqualTo(2L << 30);
        assertThat(read.firmware()).isEqualTo(Firmware.UEFI);
        assertThat(read.nics()).containsExactly(new Nic("front"), new Nic(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256", "sha512"})
    void comparesTheChecksumsOfItsManifest(String by) throws IOException {
        bed.simple();
        bed.manifest(by, "box.ovf", "disk1.vmdk");
        bed.read(bed.unpack.arrived(bed.tar("box.ovf box.mf disk1.vmdk")));
    }

    @Test
    void comparesWhatTheUserSaysOfTheArchive() throws IOException {
        Path archive = bed.simple();
        UUID id = bed.unpack.arrived(archive);
        var right = ExpectedSums.sha256(sha256(archive));
        assertThat(bed.unpack
                        .pool
                        .images()
                        .readAppliance(id, right, percent -> {})
                        .sha256())
                .isEqualTo(sha256(archive));
        UUID other = bed.unpack.arrived(archive);
        assertThatThrownBy(() -> bed.unpack
                        .pool
                        .images()
                        .readAppliance(other, ExpectedSums.sha256("ab".repeat(32)), percent -> {}))
                .hasMessageContaining("not the one announced");
    }

    @ParameterizedTest
    @CsvSource({"gzip, GZIP", "xz -T1, XZ", "zstd -q, ZSTD"})
    void unpacksAnArchiveThatIsCompressed(String by, Compression how) throws IOException {
        Path packed = bed.unpack.packed(by, bed.simple());
        UUID id = bed.unpack.arrived(packed);
        ArrivedAppliance read = bed.read(id);
        assertThat(read.compression()).isEqualTo(how);
        assertThat(read.sha256()).isEqualTo(sha256(packed));
        assertThat(bed.unpack.incoming())
                .as("only what is needed")
                .containsExactlyInAnyOrder(id + ".unpacked", id + ".appliance");
        assertThat(bed.read(id)).as("asked again").isEqualTo(read);
        bed.unpack.assertSame(bed.unpack.scratch.resolve("disk.raw"), bed.image(id, 0));
    }

    @Test
    void unpacksADiskThatIsCompressed() throws IOException {
        bed.describe(ApplianceBed.description().replace("disk1.vmdk\"", "disk1.vmdk\" ovf:compression=\"gzip\""));
        Path raw = bed.unpack.raw();
        bed.disk("disk1.vmdk", raw);
        bed.unpack.sh("cd " + bed.folder + " && gzip disk1.vmdk && mv disk1.vmdk.gz disk1.vmdk");
        UUID id = bed.unpack.arrived(bed.tar("box.ovf disk1.vmdk"));
        bed.read(id);
        bed.unpack.assertSame(raw, bed.image(id, 0));
    }

    @Test
    void goesOnAfterTheProcessDied() throws IOException {
        UUID id = bed.unpack.arrived(bed.unpack.packed("gzip", bed.simple()));
        ArrivedAppliance read = bed.read(id);
        UUID disk = UUID.randomUUID();
        Files.writeString(bed.unpack.root.resolve("incoming/." + disk + ".unpacked.12345678.making"), "half a disk");
        bed.unpack.pool.close();
        bed.unpack.pool = bed.unpack.openWith(bed.unpack.tool);
        assertThat(bed.read(id)).isEqualTo(read);
        bed.take(id, 0, disk);
        bed.unpack.pool.close();
        bed.unpack.pool = bed.unpack.openWith(bed.unpack.tool);
        bed.take(id, 0, disk);
        Image image = bed.unpack.pool.images().admit(disk, ImageFormat.QCOW2, ExpectedSums.NONE);
        bed.unpack.assertSame(bed.unpack.scratch.resolve("disk.raw"), image);
        bed.unpack.pool.images().delete(id);
        assertThat(bed.unpack.incoming()).isEmpty();
    }

    @Test
    @EnabledIf("isRoot")
    void isRefusedWhenItsDisksCannotFit(@TempDir Path scratch) throws IOException {
        Path small = Files.createDirectory(scratch.resolve("small"));
        bed.unpack.tool.run(
                CommandLine.of("mount", "-t", "tmpfs", "-o", "size=64m,mode=0755", "none", small.toString()));
        try {
            ApplianceBed in = new ApplianceBed(new UnpackBed(scratch, small));
            Path noise = scratch.resolve("noise.raw");
            in.unpack.sh("head -c 36M /dev/urandom > " + noise);
            in.describe(ApplianceBed.description());
            in.disk("disk1.vmdk", noise);
            UUID id = in.unpack.arrived(in.tar("box.ovf disk1.vmdk"));
            assertThatThrownBy(() -> in.read(id))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE))
                    .hasMessageContaining("there is room for");
            in.unpack.pool.images().delete(id);
            in.unpack.assertNothingLeft();
            in.unpack.pool.close();
        } finally {
            bed.unpack.tool.run(CommandLine.of("umount", small.toString()));
        }
    }

    private String sha256(Path file) {
        String line = bed.unpack.tool.run(CommandLine.of("sha256sum", file.toString()));
        return line.substring(0, line.indexOf(' '));
    }
}
