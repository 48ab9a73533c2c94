package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Appliances that mean harm, or are damaged. Each is refused with a reason, and leaves nothing on the host. */
class LyingApplianceIT {
    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;

    private final ApplianceBed bed;

    LyingApplianceIT(@TempDir Path scratch) throws IOException {
        this.bed = new ApplianceBed(scratch);
    }

    @ParameterizedTest
    @CsvSource({
        "'-P --transform=s,extra,/tmp/evil,'",
        "'-P --transform=s,extra,../evil,'",
        "'-P --transform=s,extra,a/../../evil,'",
        "'-P --transform=s,extra,..,'",
        "'-P --transform=s,extra,..\\\\evil,'",
    })
    void refusesNamesThatLeadOut(String options) throws IOException {
        bed.simple();
        Files.writeString(bed.folder.resolve("extra"), "evil");
        bed.refused(bed.tar(options + " box.ovf disk1.vmdk extra"), "lead out of a folder");
        assertThat(Path.of("/tmp/evil")).doesNotExist();
        assertThat(bed.unpack.root.resolveSibling("evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s /etc/passwd extra",
                "ln -s ../../../etc/shadow extra",
                "ln disk1.vmdk extra",
                "mkfifo extra",
                "mknod extra b 7 0",
                "mknod extra c 1 5"
            })
    void refusesWhatIsNoFile(String making) throws IOException {
        bed.simple();
        bed.unpack.sh("cd " + bed.folder + " && " + making);
        bed.refused(bed.tar("box.ovf disk1.vmdk extra"), "is no file");
    }

    /** Even where the disk itself is the link. */
    @Test
    void neverFollowsALinkInPlaceOfADisk() throws IOException {
        bed.describe(ApplianceBed.description());
        bed.unpack.sh("cd " + bed.folder + " && ln -s /etc/passwd disk1.vmdk");
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "is no file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../disk1.vmdk", "file:///etc/passwd", "http://127.0.0.1/disk1.vmdk", "disk2.vmdk"
            })
    void refusesADiskThatIsElsewhere(String where) throws IOException {
        bed.simple();
        bed.describe(ApplianceBed.description().replace("disk1.vmdk", where));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "which is not in the archive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--format=gnu",
                "--format=pax",
                "--format=pax --sparse-version=0.0",
                "--format=pax --sparse-version=0.1"
            })
    void refusesMembersWithHoles(String options) throws IOException {
        bed.simple();
        bed.unpack.sh("truncate -s 1G " + bed.folder.resolve("disk1.vmdk"));
        bed.refused(bed.tar(options + " --sparse box.ovf disk1.vmdk"), "stored with holes");
    }

    @Test
    void refusesWhatIsThereTwice() throws IOException {
        bed.simple();
        bed.refused(bed.tar("box.ovf disk1.vmdk ./disk1.vmdk --hard-dereference"), "two members that are called");
        Files.writeString(bed.folder.resolve("other.ovf"), ApplianceBed.description());
        bed.refused(bed.tar("box.ovf disk1.vmdk other.ovf"), "has 2 files .ovf");
    }

    @Test
    void refusesManyMembers() throws IOException {
        bed.simple();
        bed.unpack.sh("cd " + bed.folder + " && for i in $(seq 1100); do : > f$i; done");
        bed.refused(bed.tar("box.ovf disk1.vmdk f*"), "more than 1000 members");
    }

    @Test
    void refusesAnArchiveThatIsNone() throws IOException {
        bed.simple();
        bed.refused(bed.folder.resolve("disk1.vmdk"), "is no tar archive");
        bed.refused(bed.folder.resolve("box.ovf"), "is no tar archive");
        Path zeroes = Files.write(bed.unpack.scratch.resolve("zeroes"), new byte[4096]);
        bed.refused(zeroes, "has no description");
        Path short1 = Files.write(bed.unpack.scratch.resolve("short"), new byte[] {1});
        bed.refused(short1, "cut off or is damaged");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 6 * BLOCK, 20 * BLOCK})
    void refusesAnArchiveThatWasCutOff(int kept) throws IOException {
        Path archive = bed.simple();
        long whole = Files.size(bed.folder.resolve("box.ovf")) + kept;
        bed.unpack.sh("truncate -s " + whole + " " + archive);
        bed.refused(archive, "cut off or is damaged");
    }

    /** The first header is that of the description. */
    @ParameterizedTest
    @CsvSource({
        "77777777777, 'cut off'",
        "00004000001, 'damaged'",
        "-0000000001, 'damaged'",
        "99999999999, 'damaged'",
        "0x800000000000000000000001ff, 'damaged'",
        "0x80ffffffffffffffffffffff, 'impossible size'",
        "0x80000000ffffffffffffffff, 'impossible size'",
        "0xffffffffffffffffffffffff, 'impossible size'"
    })
    void believesNoSize(String size, String why) throws IOException {
        Path archive = bed.simple();
        header(archive, size);
        bed.refused(archive, why);
    }

    private static void header(Path archive, String size) throws IOException {
        byte[] bytes = size.startsWith("0x")
                ? HexFormat.of().parseHex(size.substring(2, 26))
                : (size + "\0").getBytes(StandardCharsets.US_ASCII);
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            byte[] block = new byte[BLOCK];
            file.readFully(block);
            System.arraycopy(bytes, 0, block, SIZE_AT, 12);
            int sum = 0;
            for (int i = 0; i < BLOCK; i++) {
                sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? ' ' : block[i] & 0xff;
            }
            file.seek(0);
            file.write(block);
            file.seek(CHECKSUM_AT);
            file.write("%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void refusesAHeaderWithAWrongChecksum() throws IOException {
        Path archive = bed.simple();
        bed.unpack.sh("printf X | dd of=" + archive + " bs=1 seek=1 conv=notrunc status=none");
        bed.refused(archive, "damaged");
    }

    @Test
    void refusesADiskWhoseSizeIsNotTheOneDescribed() throws IOException {
        bed.simple();
        bed.describe(ApplianceBed.description().replace("disk1.vmdk\"", "disk1.vmdk\" ovf:size=\"12\""));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "has 12 bytes, but it has");
    }

    @Test
    void refusesWhatItsManifestSaysOtherwise() throws IOException {
        bed.simple();
        bed.manifest("sha256", "box.ovf", "disk1.vmdk");
        bed.unpack.sh("printf X | dd of=" + bed.folder + "/disk1.vmdk bs=1 seek=70000 conv=notrunc status=none");
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "the checksum of \"disk1.vmdk\" is not the one");
        bed.manifest("sha256", "disk1.vmdk");
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "says nothing of \"box.ovf\"");
        bed.manifest("sha256", "box.ovf");
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "says nothing of \"disk1.vmdk\"");
        bed.manifest("md5", "box.ovf", "disk1.vmdk");
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "no checksum of a kind that is known");
        bed.unpack.sh("head -c 2000000 /dev/zero > " + bed.folder.resolve("box.mf"));
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "are read of such a one");
    }

    @Test
    void refusesAManifestWithWhatIsNotThere() throws IOException {
        bed.simple();
        Files.writeString(bed.folder.resolve("gone"), "gone");
        bed.manifest("sha1", "box.ovf", "disk1.vmdk", "gone");
        bed.refused(bed.tar("box.ovf box.mf disk1.vmdk"), "lists \"gone\", which is not in the archive");
    }

    @Test
    void refusesAHugeDescription() throws IOException {
        bed.simple();
        bed.describe(ApplianceBed.description() + " ".repeat(1 << 20));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "are read of such a one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Envelope SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE Envelope [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE Envelope [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
            })
    void readsNoDocumentTypes(String type) throws IOException {
        bed.simple();
        String head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        bed.describe(ApplianceBed.description().replace(head, head + type));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "document type");
    }

    @Test
    void refusesXmlThatIsTooDeepOrTooMuch() throws IOException {
        bed.simple();
        bed.describe("<a>".repeat(5000) + "</a>".repeat(5000));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "inside of each other");
        bed.describe("<a>" + "<b/>".repeat(30_000) + "</a>");
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "more than 20000 elements");
        bed.describe("<?xml version=\"1.0\" encoding=\"whatever\"?><a/>");
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "is no XML");
        bed.describe("<a><b></a>");
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "is no XML");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Envelope | <Something | is no XML",
                "byte * 2^20\"  | byte * 2^99\" | larger than anything",
                "capacity=\"40\" | capacity=\"99999999999999999999\" | no number",
                "capacity=\"40\" | capacity=\"${size}\" | no number",
                "capacity=\"40\" | capacity=\"0\" | is nothing",
                "byte * 2^20\" | parsec\" | units that are not known",
                "<rasd:VirtualQuantity>2</rasd:VirtualQuantity> | <rasd:VirtualQuantity>0</rasd:VirtualQuantity> | processors",
                "<rasd:VirtualQuantity>2</rasd:VirtualQuantity> | <rasd:VirtualQuantity>99999999999</rasd:VirtualQuantity> | processors",
                "<rasd:VirtualQuantity>512 | <rasd:VirtualQuantity>99999999 | of memory",
                "<rasd:VirtualQuantity>512 | <rasd:VirtualQuantity>0 | of memory",
                "disk1.vmdk\" | disk1.vmdk\" ovf:chunkSize=\"1000\" | in several pieces",
                "disk1.vmdk\" | disk1.vmdk\" ovf:compression=\"lzw\" | not known here",
                "fileRef=\"file1\" | fileRef=\"file1\" ovf:parentRef=\"base\" | only the differences",
                "fileRef=\"file1\" | fileRef=\"file2\" | describes 0 times",
                "ovf:/disk/vmdisk1 | ovf:/disk/vmdisk2 | describes 0 times",
                "ovf:/disk/vmdisk1 | ovf:/file/file1 | not read here",
                "ResourceType>17 | ResourceType>15 | has no disk",
                "VirtualSystem> | VirtualSystem><VirtualSystem/> | describes 2 virtual machines"
            })
    void refusesADescriptionThatCannotBe(String text, String other, String why) throws IOException {
        bed.simple();
        String changed = text.endsWith("VirtualSystem>")
                ? ApplianceBed.description().replace("</VirtualSystem>", "</VirtualSystem><VirtualSystem/>")
                : ApplianceBed.description().replace(text.strip(), other.strip());
        assertThat(changed).isNotEqualTo(ApplianceBed.description());
        bed.describe(changed);
        bed.refused(bed.tar("box.ovf disk1.vmdk"), why);
    }

    @Test
    void refusesOneFileForTwoDisks() throws IOException {
        bed.simple();
        String item = ApplianceBed.description();
        int from = item.indexOf("<Item>", item.indexOf("ResourceType>6"));
        String disk = item.substring(from, item.indexOf("</Item>", from) + 7);
        bed.describe(item.replace(disk, disk + disk));
        bed.refused(bed.tar("box.ovf disk1.vmdk"), "two disks that are the same file");
    }
}
