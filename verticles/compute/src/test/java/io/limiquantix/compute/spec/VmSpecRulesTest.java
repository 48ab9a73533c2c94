package io.limiquantix.compute.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmSpecRulesTest {
    private static final String HASH = "$6$rounds=5000$saltsalt$" + "a".repeat(86);
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f somebody@home";
    private static final DiskSpec DISK = new DiskSpec(new UUID(0, 1), null, null);
    private static final NicSpec NIC = new NicSpec("default", null);

    private static VmSpec spec(
            String name, int vcpus, long memory, List<DiskSpec> disks, List<NicSpec> nics, @Nullable CloudInit init) {
        return new VmSpec(name, "", vcpus, memory, disks, nics, init);
    }

    private static VmSpec named(String name) {
        return spec(name, 1, 128L << 20, List.of(DISK), List.of(NIC), null);
    }

    private static VmSpec with(CloudInit init) {
        return spec("web", 1, 128L << 20, List.of(DISK), List.of(NIC), init);
    }

    private static VmSpec disk(@Nullable Long size) {
        return spec("web", 1, 128L << 20, List.of(new DiskSpec(null, size, null)), List.of(NIC), null);
    }

    private static VmSpec nics(NicSpec... nics) {
        return spec("web", 1, 128L << 20, List.of(DISK), List.of(nics), null);
    }

    private static VmSpec memory(long bytes) {
        return spec("web", 1, bytes, List.of(DISK), List.of(NIC), null);
    }

    private static VmSpec organised(@Nullable String folder, Map<String, String> labels) {
        return new VmSpec(
                "web",
                "",
                2,
                128L << 20,
                List.of(DISK),
                List.of(),
                null,
                folder,
                labels,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> ""));
    }

    private static VmSpec machine(
            @Nullable CpuTopology topology, @Nullable String model, Firmware firmware, boolean secureBoot) {
        var machine = new MachineSpec(topology, model, firmware, secureBoot, false, null, null, false);
        return new VmSpec(
                "web",
                "",
                2,
                128L << 20,
                List.of(DISK),
                List.of(),
                null,
                null,
                Map.of(),
                machine,
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    private static VmSpec hardware(DiskBus bus, boolean ioThread, @Nullable Limits limits) {
        var hardware = new DiskHardware(bus, Cache.AUTO, Discard.UNMAP, ioThread, limits);
        var disk = new DiskSpec(new UUID(0, 1), null, null, null, hardware);
        return spec("web", 1, 128L << 20, List.of(disk), List.of(), null);
    }

    private static VmSpec volume(@Nullable UUID image, @Nullable Long size, @Nullable UUID pool) {
        var disk = new DiskSpec(image, size, pool, new UUID(0, 2), null);
        return spec("web", 1, 128L << 20, List.of(disk), List.of(), null);
    }

    private static VmSpec booting(int cdroms, String... order) {
        return new VmSpec(
                "web",
                "",
                1,
                128L << 20,
                List.of(DISK),
                List.of(),
                null,
                null,
                Map.of(),
                null,
                Collections.nCopies(cdroms, new CdromSpec(null)),
                List.of(order),
                null,
                null,
                null);
    }

    private static CloudInit user(String user, @Nullable String hash, boolean login) {
        return new CloudInit(null, user, hash, List.of(), login, List.of(), null);
    }

    private static CloudInit key(String key) {
        return new CloudInit(null, "admin", null, List.of(key), false, List.of(), null);
    }

    private static CloudInit settings(
            List<NicAddresses> networks, List<String> commands, @Nullable String locale, @Nullable String zone) {
        return new CloudInit(
                null, "admin", null, List.of(), false, List.of(), null, networks, commands, locale, zone, null, false,
                false);
    }

    private static CloudInit nic(int nic, boolean dhcp, List<String> addresses, @Nullable String gateway, int mtu) {
        return settings(
                List.of(new NicAddresses(nic, dhcp, false, addresses, gateway, null, List.of(), List.of(), mtu)),
                List.of(),
                null,
                null);
    }

    private static CloudInit host(String name) {
        return new CloudInit(name, "admin", null, List.of(), false, List.of(), null);
    }

    private static CloudInit packaged(String name) {
        return new CloudInit(null, "admin", null, List.of(), false, List.of(name), null);
    }

    private static CloudInit fixed(String address, @Nullable String gateway, String... servers) {
        var network = new StaticNetwork(address, gateway, List.of(servers));
        return new CloudInit(null, "admin", null, List.of(), false, List.of(), network);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("name", named("")),
                Arguments.of("name", named("../etc/passwd")),
                Arguments.of("name", named("-rf")),
                Arguments.of("name", named("a b")),
                Arguments.of("name", named("a</name><disk type='file'>")),
                Arguments.of("name", named("a\0b")),
                Arguments.of("name", named("$(reboot)")),
                Arguments.of("name", named("a\n")),
                Arguments.of("name", named("x".repeat(10_000))),
                Arguments.of("description", new VmSpec("web", "a\0b", 1, 128L << 20, List.of(DISK), List.of(), null)),
                Arguments.of("vcpus", spec("web", 0, 128L << 20, List.of(DISK), List.of(), null)),
                Arguments.of("vcpus", spec("web", 513, 128L << 20, List.of(DISK), List.of(), null)),
                Arguments.of("memoryBytes", memory(0)),
                Arguments.of("memoryBytes", memory(-1)),
                Arguments.of("memoryBytes", memory(1L << 62)),
                Arguments.of("memoryBytes", memory((128L << 20) + 1)),
                Arguments.of("disks", spec("web", 1, 128L << 20, List.of(), List.of(), null)),
                Arguments.of("disks", spec("web", 1, 128L << 20, Collections.nCopies(17, DISK), List.of(), null)),
                Arguments.of("disks[0].sizeBytes", disk(null)),
                Arguments.of("disks[0].sizeBytes", disk(0L)),
                Arguments.of("disks[0].sizeBytes", disk((1L << 20) + 1)),
                Arguments.of("disks[0].sizeBytes", disk(1L << 62)),
                Arguments.of("nics", nics(Collections.nCopies(9, NIC).toArray(NicSpec[]::new))),
                Arguments.of("nics[0].network", nics(new NicSpec("<x>", null))),
                Arguments.of("nics[1].mac", nics(NIC, new NicSpec("default", "52:54:00"))),
                Arguments.of("nics[0].mac", nics(new NicSpec("default", "01:00:5e:00:00:01"))),
                Arguments.of("nics[0].mac", nics(new NicSpec("default", "00:00:00:00:00:00"))),
                Arguments.of(
                        "nics[1].mac",
                        nics(new NicSpec("default", "52:54:00:00:00:aa"), new NicSpec("default", "52:54:00:00:00:AA"))),
                Arguments.of("labels", organised(null, Map.of("a b", "c"))),
                Arguments.of("labels", organised(null, Map.of("a", "c\nd"))),
                Arguments.of("labels", organised(null, Map.of("a", "x".repeat(129)))),
                Arguments.of("labels", organised(null, many(33))),
                Arguments.of("folder", organised("/a", Map.of())),
                Arguments.of("folder", organised("a/", Map.of())),
                Arguments.of("folder", organised("a/../b", Map.of())),
                Arguments.of("folder", organised("a\0b", Map.of())),
                Arguments.of("folder", organised(" a", Map.of())),
                Arguments.of("folder", organised("x".repeat(64), Map.of())),
                Arguments.of("folder", organised("a/".repeat(8) + "a", Map.of())),
                Arguments.of("cpu", machine(new CpuTopology(2, 2, 1), null, Firmware.BIOS, false)),
                Arguments.of("cpu.cores", machine(new CpuTopology(2, 0, 1), null, Firmware.BIOS, false)),
                Arguments.of("cpu.sockets", machine(new CpuTopology(-2, -1, 1), null, Firmware.BIOS, false)),
                Arguments.of("cpu", machine(new CpuTopology(1 << 30, 1 << 30, 16), null, Firmware.BIOS, false)),
                Arguments.of("cpu.model", machine(null, "x'/><a", Firmware.BIOS, false)),
                Arguments.of("secureBoot", machine(null, null, Firmware.BIOS, true)),
                Arguments.of("disks[0].ioThread", hardware(DiskBus.SATA, true, null)),
                Arguments.of("disks[0].readIops", hardware(DiskBus.VIRTIO, false, new Limits(0L, null, null, null))),
                Arguments.of("disks[0].writeIops", hardware(DiskBus.VIRTIO, false, new Limits(1L, -1L, null, null))),
                Arguments.of(
                        "disks[0].readBytesPerSecond",
                        hardware(DiskBus.VIRTIO, false, new Limits(null, null, 0L, null))),
                Arguments.of("disks[0].sizeBytes", volume(null, 1L << 30, null)),
                Arguments.of("disks[0].imageId", volume(new UUID(0, 1), null, null)),
                Arguments.of("disks[0].poolId", volume(null, null, new UUID(0, 1))),
                Arguments.of("bootOrder[1]", booting(0, "disk0", "disk0")),
                Arguments.of("bootOrder[0]", booting(0, "disk1")),
                Arguments.of("bootOrder[0]", booting(0, "cdrom0")),
                Arguments.of("bootOrder[0]", booting(0, "<x>")),
                Arguments.of("cdroms", booting(5)),
                Arguments.of("cloudInit.locale", with(settings(List.of(), List.of(), "de_DE; reboot", null))),
                Arguments.of("cloudInit.timeZone", with(settings(List.of(), List.of(), null, "Europe/Wien"))),
                Arguments.of("cloudInit.timeZone", with(settings(List.of(), List.of(), null, "../../etc/passwd"))),
                Arguments.of("cloudInit.timeZone", with(settings(List.of(), List.of(), null, "SystemV/EST5"))),
                Arguments.of("cloudInit.runCommands[1]", with(settings(List.of(), List.of("a", " "), null, null))),
                Arguments.of("cloudInit.runCommands[0]", with(settings(List.of(), List.of("a\0"), null, null))),
                Arguments.of("cloudInit.networks[0].nic", with(nic(1, true, List.of(), null, 1500))),
                Arguments.of("cloudInit.networks[0].addresses", with(nic(0, false, List.of(), null, 1500))),
                Arguments.of(
                        "cloudInit.networks[0].addresses[1]",
                        with(nic(0, false, List.of("192.0.2.10/24", "192.0.2.255/24"), null, 1500))),
                Arguments.of(
                        "cloudInit.networks[0].addresses[1]",
                        with(nic(0, false, List.of("192.0.2.10/24", "192.0.2.10/25"), null, 1500))),
                Arguments.of(
                        "cloudInit.networks[0].gateway4",
                        with(nic(0, false, List.of("192.0.2.10/24"), "198.51.100.1", 1500))),
                Arguments.of(
                        "cloudInit.networks[0].gateway4",
                        with(nic(0, false, List.of("2001:db8::1/64"), "2001:db8::2", 1500))),
                Arguments.of("cloudInit.networks[0].mtu", with(nic(0, true, List.of(), null, 100))),
                Arguments.of("cloudInit.networks[0].mtu", with(nic(0, true, List.of("2001:db8::10/64"), null, 1000))),
                Arguments.of("cloudInit.user", with(user("Admin", null, false))),
                Arguments.of("cloudInit.user", with(user("a:b", null, false))),
                Arguments.of("cloudInit.password", with(user("admin", "secret", true))),
                Arguments.of("cloudInit.password", with(user("admin", "$1$salt$abc", true))),
                Arguments.of("cloudInit.sshPasswordLogin", with(user("admin", null, true))),
                Arguments.of("cloudInit.hostName", with(host("a_b"))),
                Arguments.of("cloudInit.hostName", with(host("a..b"))),
                Arguments.of("cloudInit.hostName", with(host("x".repeat(64)))),
                Arguments.of("cloudInit.packages[0]", with(packaged("a; reboot"))),
                Arguments.of("cloudInit.packages[0]", with(packaged("-y"))),
                Arguments.of("cloudInit.sshKeys[0]", with(key("ssh-ed25519"))),
                Arguments.of("cloudInit.sshKeys[0]", with(key(KEY + "\nssh-rsa AAAA"))),
                Arguments.of("cloudInit.sshKeys[0]", with(key("command=\"reboot\" " + KEY))),
                Arguments.of("cloudInit.sshKeys[0]", with(key(KEY.replace("ssh-ed25519 ", "ssh-rsa ")))),
                Arguments.of("cloudInit.sshKeys[0]", with(key("-----BEGIN OPENSSH PRIVATE KEY-----"))),
                Arguments.of("cloudInit.network.address", with(fixed("192.0.2.10", null))),
                Arguments.of("cloudInit.network.address", with(fixed("192.0.2.10/33", null))),
                Arguments.of("cloudInit.network.address", with(fixed("192.0.2.0/24", null))),
                Arguments.of("cloudInit.network.address", with(fixed("192.0.2.255/24", null))),
                Arguments.of("cloudInit.network.address", with(fixed("127.0.0.1/8", null))),
                Arguments.of("cloudInit.network.address", with(fixed("example.com/24", null))),
                Arguments.of("cloudInit.network.address", with(fixed("300.1.1.1/24", null))),
                Arguments.of("cloudInit.network.gateway", with(fixed("192.0.2.10/24", "198.51.100.1"))),
                Arguments.of("cloudInit.network.gateway", with(fixed("192.0.2.10/24", "2001:db8::1"))),
                Arguments.of("cloudInit.network.gateway", with(fixed("192.0.2.10/24", "192.0.2.10"))),
                Arguments.of("cloudInit.network.nameServers[1]", with(fixed("192.0.2.10/24", null, "192.0.2.1", "x"))),
                Arguments.of(
                        "cloudInit.network",
                        spec("web", 1, 128L << 20, List.of(DISK), List.of(), fixed("192.0.2.10/24", null))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aWrongValueIsRefusedByItsField(String field, VmSpec spec) {
        FailureException refusal = catchThrowableOfType(FailureException.class, () -> VmSpecRules.accept(spec));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(FailureCode.INVALID);
        assertThat(refusal.failure().details()).containsEntry("field", field);
        assertThat(refusal.failure().message()).hasSizeLessThan(400).doesNotContain("\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "Web_1.example", "0"})
    void aGoodNameIsAccepted(String name) {
        assertThat(VmSpecRules.accept(named(name)).name()).isEqualTo(name);
    }

    @Test
    void aFullSpecIsAcceptedAndWrittenInOneForm() {
        var network = new StaticNetwork("2001:db8::10/64", "2001:db8::1", List.of("192.0.2.53", "2001:db8::53"));
        var init =
                new CloudInit("web.example.com", "_a-b", HASH, List.of(KEY), true, List.of("nginx=1.2~rc1"), network);
        VmSpec given = spec(
                "web",
                2,
                1L << 30,
                List.of(DISK, new DiskSpec(null, 1L << 30, null)),
                List.of(new NicSpec("default", "52:54:00:AB:CD:EF"), NIC),
                init);
        VmSpec accepted = VmSpecRules.accept(given);
        assertThat(accepted.nics().getFirst().mac()).isEqualTo("52:54:00:ab:cd:ef");
        assertThat(VmSpecRules.accept(accepted)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.10/31", "192.0.2.0/31", "10.0.0.1/32", "2001:db8::/127"})
    void smallNetworksHaveNoReservedAddresses(String address) {
        assertThatCode(() -> VmSpecRules.accept(with(fixed(address, null)))).doesNotThrowAnyException();
    }

    @Test
    void whatWasWrittenBeforeThereWereMoreWaysInIsTheSameStill() throws JsonProcessingException {
        String written = """
                {"cloudInit":{"packages":["nginx"],"sshKeys":[],"sshPasswordLogin":false,"user":"admin"},\
                "description":"d","disks":[{"imageId":"00000000-0000-0000-0000-000000000001"}],"memoryBytes":134217728,\
                "name":"web","nics":[{"network":"default"}],"vcpus":1}""";
        VmSpec read = Wire.json().readValue(written, VmSpec.class);
        assertThat(VmSpecRules.accept(read)).isEqualTo(read);
        assertThat(SpecDigest.of(read)).isEqualTo(sha256(written));
    }

    @Test
    void whatWasWrittenBeforeThereWasMoreHardwareIsTheSameStill() throws JsonProcessingException {
        String written = """
                {"description":"d","disks":[{"imageId":"00000000-0000-0000-0000-000000000001"}],"memoryBytes":134217728,\
                "name":"web","nics":[{"mac":"52:54:00:ab:cd:ef","network":"default"}],"vcpus":1}""";
        VmSpec read = Wire.json().readValue(written, VmSpec.class);
        assertThat(VmSpecRules.accept(read)).isEqualTo(read);
        assertThat(SpecDigest.of(read)).isEqualTo(sha256(written));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSaidOfTheHardwareIsAccepted() {
        VmSpec organised = organised("Team A/wéb", Map.of("example.com/env", "<prod> & \"more\" 😀"));
        assertThat(VmSpecRules.accept(organised)).isEqualTo(organised);
        VmSpec machine = machine(new CpuTopology(1, 2, 1), "EPYC-Rome", Firmware.UEFI, true);
        assertThat(VmSpecRules.accept(machine)).isEqualTo(machine);
        assertThat(SpecDigest.of(machine)).isNotEqualTo(SpecDigest.of(organised));
        VmSpec booting = booting(2, "cdrom1", "disk0");
        assertThat(VmSpecRules.accept(booting)).isEqualTo(booting);
        assertThat(VmSpecRules.accept(organised("", Map.of())).folder()).isNull();
    }

    @Test
    void theDigestDependsOnTheContentOnly() {
        VmSpec one = VmSpecRules.accept(nics(new NicSpec("default", "52:54:00:AB:CD:EF")));
        VmSpec same = VmSpecRules.accept(nics(new NicSpec("default", "52:54:00:ab:cd:ef")));
        assertThat(SpecDigest.of(one)).isEqualTo(SpecDigest.of(same)).matches("[0-9a-f]{64}");
        assertThat(SpecDigest.of(one)).isNotEqualTo(SpecDigest.of(named("other")));
    }
}
