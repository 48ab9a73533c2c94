package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.ArrivedAppliance;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/** Appliances as somebody makes them by hand: with qemu-img, tar, sha256sum, and a description. */
final class ApplianceBed {
    final UnpackBed unpack;
    /** What is to lie in the archive. */
    final Path folder;

    private int archives;

    ApplianceBed(Path scratch) throws IOException {
        this(new UnpackBed(scratch));
    }

    ApplianceBed(UnpackBed unpack) throws IOException {
        this.unpack = unpack;
        this.folder = Files.createDirectories(unpack.scratch.resolve("appliance"));
    }

    /** A machine with one disk, as OVF tools write it. */
    static String description() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
                    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
                    xmlns:vmw="http://www.vmware.com/schema/ovf">
                  <References>
                    <File ovf:id="file1" ovf:href="disk1.vmdk"/>
                  </References>
                  <DiskSection>
                    <Info>Virtual disks</Info>
                    <Disk ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:capacity="40" ovf:capacityAllocationUnits="byte * 2^20"
                      ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
                  </DiskSection>
                  <NetworkSection>
                    <Info>Networks</Info>
                    <Network ovf:name="VM Network"/>
                  </NetworkSection>
                  <VirtualSystem ovf:id="vm-1">
                    <Info>A virtual machine</Info>
                    <Name>Mail relay</Name>
                    <OperatingSystemSection ovf:id="96" vmw:osType="debian10_64Guest">
                      <Info>The guest</Info>
                      <Description>Debian GNU/Linux 12 (64-bit)</Description>
                    </OperatingSystemSection>
                    <VirtualHardwareSection>
                      <Info>Hardware</Info>
                      <Item>
                        <rasd:ElementName>2 virtual CPUs</rasd:ElementName>
                        <rasd:InstanceID>1</rasd:InstanceID>
                        <rasd:ResourceType>3</rasd:ResourceType>
                        <rasd:VirtualQuantity>2</rasd:VirtualQuantity>
                      </Item>
                      <Item>
                        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
                        <rasd:InstanceID>2</rasd:InstanceID>
                        <rasd:ResourceType>4</rasd:ResourceType>
                        <rasd:VirtualQuantity>512</rasd:VirtualQuantity>
                      </Item>
                      <Item>
                        <rasd:Address>0</rasd:Address>
                        <rasd:InstanceID>3</rasd:InstanceID>
                        <rasd:ResourceType>6</rasd:ResourceType>
                      </Item>
                      <Item>
                        <rasd:AddressOnParent>0</rasd:AddressOnParent>
                        <rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>
                        <rasd:InstanceID>4</rasd:InstanceID>
                        <rasd:Parent>3</rasd:Parent>
                        <rasd:ResourceType>17</rasd:ResourceType>
                      </Item>
                      <Item>
                        <rasd:Connection>VM Network</rasd:Connection>
                        <rasd:InstanceID>5</rasd:InstanceID>
                        <rasd:ResourceType>10</rasd:ResourceType>
                      </Item>
                    </VirtualHardwareSection>
                  </VirtualSystem>
                </Envelope>
                """;
    }

    void describe(String text) throws IOException {
        Files.writeString(folder.resolve("box.ovf"), text);
    }

    Path disk(String name, Path raw) {
        return disk(name, raw, "subformat=streamOptimized");
    }

    Path disk(String name, Path raw, String options) {
        Path file = folder.resolve(name);
        unpack.tool.run(CommandLine.of("qemu-img", "convert", "-q", "-f", "raw", "-O", "vmdk", "-o", options)
                .with(raw.toString(), file.toString()));
        return file;
    }

    /** @param by as {@code sha256}, the beginning of a tool's name */
    void manifest(String by, String... files) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String file : files) {
            String sum = unpack.tool.run(
                    CommandLine.of(by + "sum", folder.resolve(file).toString()));
            lines.append(by.toUpperCase(Locale.ROOT))
                    .append('(')
                    .append(file)
                    .append(")= ")
                    .append(sum, 0, sum.indexOf(' '))
                    .append('\n');
        }
        Files.writeString(folder.resolve("box.mf"), lines);
    }

    /** @param members and options of tar, as words of a shell in the folder */
    Path tar(String members) {
        Path archive = unpack.scratch.resolve("box" + archives++ + ".ova");
        unpack.sh("cd " + folder + " && tar -cf " + archive + " " + members);
        return archive;
    }

    /** The usual one. */
    Path simple() throws IOException {
        describe(description());
        disk("disk1.vmdk", unpack.raw());
        return tar("box.ovf disk1.vmdk");
    }

    ArrivedAppliance read(UUID id) {
        return unpack.pool.images().readAppliance(id, ExpectedSums.NONE, percent -> {});
    }

    Came take(UUID appliance, int disk, UUID id) {
        return unpack.pool.images().takeDisk(appliance, disk, id, percent -> {});
    }

    /** As the platform makes an image of a disk. */
    Image image(UUID appliance, int disk) {
        UUID id = UUID.randomUUID();
        take(appliance, disk, id);
        return unpack.pool.images().admit(id, ImageFormat.QCOW2, ExpectedSums.NONE);
    }

    void refused(Path archive, String why) throws IOException {
        UUID id = unpack.arrived(archive);
        try {
            read(id);
            throw new AssertionError("It was read.");
        } catch (StorageException e) {
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.INVALID);
            assertThat(e.getMessage()).contains(why).doesNotContain(unpack.root.toString());
        }
        unpack.assertNothingLeft();
    }
}
