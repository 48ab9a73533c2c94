package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.CustomizationApi;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.bus.compute.CustomizationSpecView;
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
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.id.Uuid7;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input: each gets a problem that names the field, and none of it reaches a verticle. */
class ValidationIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final AtomicInteger CREATED = new AtomicInteger();
    private static final AtomicReference<@Nullable VmSpec> ASKED = new AtomicReference<>();
    private static final AtomicReference<@Nullable Customization> CUSTOMIZED = new AtomicReference<>();
    private static final AtomicReference<@Nullable SpecWish> KEPT = new AtomicReference<>();
    private static final ApiClient CLIENT = GATEWAY.client().logIn();
    private static final String DISK = "\"disks\":[{\"sizeBytes\":1048576}]";
    private static final String IMAGE = "{\"format\":\"raw\",\"name\":";

    static {
        GATEWAY.bus().serve(ComputeApi.CREATE, (request, caller) -> {
            ASKED.set(request.spec());
            CUSTOMIZED.set(request.customization());
            CREATED.incrementAndGet();
            return new TaskRef(Uuid7.next(), Uuid7.next());
        });
    }

    static {
        GATEWAY.bus().serve(CustomizationApi.CREATE, (wish, caller) -> {
            KEPT.set(wish);
            return new CustomizationSpecView(
                    Uuid7.next(),
                    wish.name(),
                    wish.description(),
                    wish.hostNamePattern(),
                    Objects.requireNonNull(wish.cloudInit()).withPasswordHash(null),
                    null,
                    true,
                    false,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    1);
        });
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static String vm(String fields) {
        return "{\"name\":\"a\"," + DISK + "," + fields + "}";
    }

    private static String named(String jsonName) {
        return "{\"name\":" + jsonName + "," + DISK + "}";
    }

    private static String cloudInit(String fields) {
        return vm("\"cloudInit\":{\"user\":\"u\"," + fields + "}");
    }

    static Stream<Arguments> badVms() {
        return Stream.of(
                Arguments.of("name", named("\"../../etc/passwd\"")),
                Arguments.of("name", named("\"<disk/>]]>&amp;\"")),
                Arguments.of("name", named("\"$(reboot);`id`|x\"")),
                Arguments.of("name", named("\"-rf\"")),
                Arguments.of("name", named("\"a\\u0000b\"")),
                Arguments.of("name", named("\"a\\n\"")),
                Arguments.of("name", named("\"" + "a".repeat(10_000) + "\"")),
                Arguments.of("name", named("\"\"")),
                Arguments.of("name", named("null")),
                Arguments.of("name", named("7")),
                Arguments.of("name", "{" + DISK + "}"),
                Arguments.of("disks", "{\"name\":\"a\"}"),
                Arguments.of("disks", "{\"name\":\"a\",\"disks\":[]}"),
                Arguments.of("disks", "{\"name\":\"a\",\"disks\":{}}"),
                Arguments.of("disks[0].sizeBytes", "{\"name\":\"a\",\"disks\":[{\"sizeBytes\":1}]}"),
                Arguments.of("disks[0].sizeBytes", "{\"name\":\"a\",\"disks\":[{}]}"),
                Arguments.of(
                        "disks[1].imageId", "{\"name\":\"a\",\"disks\":[{\"sizeBytes\":1048576},{\"imageId\":\"x\"}]}"),
                Arguments.of("disks[0].path", "{\"name\":\"a\",\"disks\":[{\"path\":\"/etc/passwd\"}]}"),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":0")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":4611686018427387904")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":1e400")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":99999999999999999999999999999")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":-1")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":\"1073741824\"")),
                Arguments.of("memoryBytes", vm("\"memoryBytes\":1073741825")),
                Arguments.of("cpu.model", vm("\"cpu\":{\"model\":\"<x>\"}")),
                Arguments.of("cpu.cores", vm("\"cpu\":{\"cores\":0}")),
                Arguments.of("firmware", vm("\"firmware\":\"coreboot\"")),
                Arguments.of("tpm", vm("\"tpm\":\"yes\"")),
                Arguments.of("watchdog.action", vm("\"watchdog\":{\"action\":\"explode\"}")),
                Arguments.of("cdroms[0].path", vm("\"cdroms\":[{\"path\":\"/etc/passwd\"}]")),
                Arguments.of("cdroms", vm("\"cdroms\":[{},{},{},{},{}]")),
                Arguments.of("bootOrder[0]", vm("\"bootOrder\":[\"floppy0\"]")),
                Arguments.of("labels.a", vm("\"labels\":{\"a\":1}")),
                Arguments.of("nics[0].model", vm("\"nics\":[{\"network\":\"n\",\"model\":\"ne2k_pci\"}]")),
                Arguments.of(
                        "disks[0].readIops", "{\"name\":\"a\",\"disks\":[{\"sizeBytes\":1048576,\"readIops\":0}]}"),
                Arguments.of("disks[0].bus", "{\"name\":\"a\",\"disks\":[{\"sizeBytes\":1048576,\"bus\":\"ide\"}]}"),
                Arguments.of("vcpus", vm("\"vcpus\":1.5")),
                Arguments.of("vcpus", vm("\"vcpus\":0")),
                Arguments.of("hostId", vm("\"hostId\":\"here\"")),
                Arguments.of("vcpu", vm("\"vcpu\":2")),
                Arguments.of("nics[0].mac", vm("\"nics\":[{\"network\":\"default\",\"mac\":\"01:00:5e:00:00:01\"}]")),
                Arguments.of(
                        "nics[1].mac",
                        vm(
                                "\"nics\":[{\"network\":\"a\",\"mac\":\"52:54:00:00:00:0A\"},{\"network\":\"a\",\"mac\":\"52:54:00:00:00:0a\"}]")),
                Arguments.of("nics[0].network", vm("\"nics\":[{\"network\":\"a' b\"}]")),
                Arguments.of("cloudInit.user", vm("\"cloudInit\":{\"user\":\"Root; id\"}")),
                Arguments.of("cloudInit.user", vm("\"cloudInit\":{\"packages\":[\"nginx\"]}")),
                Arguments.of("customizationSpecId", vm("\"customizationSpecId\":\"web\"")),
                Arguments.of("cloudInit.hostName", cloudInit("\"hostName\":\"a..b\"")),
                Arguments.of(
                        "cloudInit.sshKeys[0]", cloudInit("\"sshKeys\":[\"command=\\\"id\\\" ssh-ed25519 AAAA\"]")),
                Arguments.of("cloudInit.sshKeys[0]", cloudInit("\"sshKeys\":[\"ssh-ed25519 AAAA\\nssh-rsa B\"]")),
                Arguments.of("cloudInit.packages[0]", cloudInit("\"packages\":[\"a; reboot\"]")),
                Arguments.of("cloudInit.network.address", cloudInit("\"network\":{\"address\":\"192.0.2.300/24\"}")),
                Arguments.of(
                        "cloudInit.network.gateway",
                        cloudInit("\"network\":{\"address\":\"192.0.2.3/24\",\"gateway\":\"gw.example\"}")),
                Arguments.of("ignition.user", vm("\"ignition\":{\"user\":\"Root; id\"}")),
                Arguments.of("ignition.password", vm("\"ignition\":{\"password\":\"a\\nb\"}")),
                Arguments.of("cloudbase.sshKeys[0]", vm("\"cloudbase\":{\"sshKeys\":[\"ssh-ed25519 AAAA\"]}")),
                Arguments.of("cloudbase.password", vm("\"cloudbase\":{\"password\":\"secret\"}")),
                Arguments.of("cloudInit.networks[0].nic", cloudInit("\"networks\":[{\"nic\":8}]")),
                Arguments.of("cloudInit.runCommands[0]", cloudInit("\"runCommands\":[\"\"]")),
                Arguments.of("cloudInit.password", cloudInit("\"password\":\"a\\nb\"")),
                Arguments.of("body", "[]"),
                Arguments.of("body", ""),
                Arguments.of("body", "{\"name\":"),
                Arguments.of("body", "{\"name\":\"a\",\"name\":\"b\"," + DISK + "}"),
                Arguments.of("body", named("\"a\"") + "{}"),
                Arguments.of("body", "[".repeat(100_000)),
                Arguments.of("body", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)));
    }

    @ParameterizedTest
    @MethodSource("badVms")
    void aBadVmIsRefusedWithTheFieldsName(String field, String body) {
        int before = CREATED.get();
        ApiClient.Reply reply = CLIENT.post("/vms", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo("INVALID");
        assertThat(reply.field()).as(reply.body().toString()).isEqualTo(field);
        assertThat(reply.body().toString().length()).isLessThan(3_000);
        assertThat(CREATED).hasValue(before);
    }

    @Test
    void whatAGuestIsToldReachesComputeAndNoLogOfWhatWasDone() {
        String wish = "\"password\":\"canary-password\",\"userData\":\"ntp: {canary-token: 1}\",\"timeZone\":\"UTC\","
                + "\"networks\":[{\"nic\":0},{\"nic\":1,\"addresses\":[\"192.0.2.3/24\"],\"mtu\":1400}]";
        assertThat(CLIENT.post("/vms", cloudInit(wish)).status()).isEqualTo(202);
        CloudInit asked = Objects.requireNonNull(
                Objects.requireNonNull(ASKED.get()).cloudInit(), "the wish names how the guest is set up");
        assertThat(asked.userData()).isEqualTo("ntp: {canary-token: 1}");
        assertThat(asked.timeZone()).isEqualTo("UTC");
        assertThat(asked.passwordHash()).startsWith("$6$");
        assertThat(asked.networks().getFirst().dhcp4()).isTrue();
        assertThat(asked.networks().getLast().dhcp4()).isFalse();
        assertThat(asked.networks().getLast().mtu()).isEqualTo(1400);
        assertThat(asked.toString()).doesNotContain("canary");
        assertThat(GATEWAY.identity().audit().toString()).contains("createVm").doesNotContain("canary");
    }

    @Test
    void aSpecBesideOfWhichTheRequestNamesFieldsNeedsNoUser() {
        UUID id = Uuid7.next();
        String body = vm("\"customizationSpecId\":\"" + id + "\",\"cloudInit\":{\"packages\":[],\"agent\":false}");
        assertThat(CLIENT.post("/vms", body).status()).isEqualTo(202);
        assertThat(CUSTOMIZED.get()).isEqualTo(new Customization(id, List.of("packages", "agent")));
    }

    @Test
    void aCustomizationSpecIsAnsweredWithoutItsPassword() {
        String setup = "\"cloudInit\":{\"user\":\"ops\",\"password\":\"canary-password\"}";
        ApiClient.Reply reply = CLIENT.post("/customization-specs", "{\"name\":\"web\"," + setup + "}");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.headers().get("etag")).isEqualTo("\"1\"");
        assertThat(reply.body().get("kind").asText()).isEqualTo("LINUX");
        assertThat(reply.body().get("hostNamePattern").asText()).isEqualTo("{name}");
        assertThat(reply.body().get("passwordSet").asBoolean()).isTrue();
        assertThat(reply.body().toString()).doesNotContain("canary", "$6$");
        SpecWish kept = Objects.requireNonNull(KEPT.get());
        assertThat(Objects.requireNonNull(kept.cloudInit()).passwordHash()).startsWith("$6$");
        assertThat(GATEWAY.identity().audit().toString())
                .contains("createCustomizationSpec")
                .doesNotContain("canary");
    }

    @Test
    void aBadCustomizationSpecIsRefusedWithTheFieldsName() {
        String path = "/customization-specs";
        assertThat(CLIENT.post(path, "{\"cloudInit\":{\"user\":\"u\"}}").field())
                .isEqualTo("name");
        assertThat(CLIENT.post(path, "{\"name\":\"a\",\"cloudInit\":{}}").field())
                .isEqualTo("cloudInit.user");
        assertThat(CLIENT.post(path, "{\"name\":\"a\",\"hostNamePattern\":\"\"}")
                        .field())
                .isEqualTo("hostNamePattern");
        assertThat(CLIENT.post(path, "{\"name\":\"a\",\"cloudbase\":{\"password\":\"x\"}}")
                        .field())
                .isEqualTo("cloudbase.password");
        assertThat(CLIENT.post(path, "{\"name\":\"a\",\"ignition\":{}}").field())
                .isEqualTo("ignition");
    }

    @Test
    void severalErrorsAreAllNamed() {
        ApiClient.Reply reply = CLIENT.post("/vms", "{\"name\":\"-\",\"vcpus\":0,\"disks\":[],\"x\":1}");
        assertThat(reply.body().get("errors"))
                .extracting(error -> error.get("field").asText())
                .containsExactlyInAnyOrder("disks", "name", "vcpus", "x");
    }

    @Test
    void aGoodVmIsAccepted() {
        ApiClient.Reply reply = CLIENT.post("/vms", named("\"web-1.example\""));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.headers().get("location"))
                .isEqualTo("/api/v1/tasks/" + reply.body().get("taskId").asText());
    }

    @Test
    void badParametersAreNamed() {
        assertThat(CLIENT.get("/vms?limit=0").field()).isEqualTo("limit");
        assertThat(CLIENT.get("/vms?limit=ten").field()).isEqualTo("limit");
        assertThat(CLIENT.get("/vms?limit=1&limit=2").field()).isEqualTo("limit");
        assertThat(CLIENT.get("/vms?sort=name").field()).isEqualTo("sort");
        assertThat(CLIENT.get("/tasks?active=yes").field()).isEqualTo("active");
        assertThat(CLIENT.get("/vms/not-an-id").field()).isEqualTo("vmId");
        assertThat(CLIENT.get("/vms/%2e%2e%2fhosts").field()).isEqualTo("vmId");
        assertThat(CLIENT.get("/images?sha256=xyz").field()).isEqualTo("sha256");
    }

    @Test
    void anItemIsFoundByItsPathAlone() {
        // 503 is the answer of an address that nobody serves: the request went all the way.
        assertThat(CLIENT.get("/vms/" + Uuid7.next()).status()).isEqualTo(503);
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        assertThat(CLIENT.get("/nothing").status()).isEqualTo(404);
        assertThat(CLIENT.get("/nothing").code()).isEqualTo("NOT_FOUND");
        ApiClient.Reply reply = CLIENT.delete("/vms");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers().get("allow")).isEqualTo("GET, POST");
    }

    @Test
    void anotherContentTypeIsRefused() {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "application/xml"}) {
            var reply =
                    CLIENT.send("POST", "/vms", BodyPublishers.ofString(named("\"a\"")), Map.of("Content-Type", type));
            assertThat(reply.status()).as(type).isEqualTo(415);
        }
    }

    @Test
    void nobodyAtTheOtherEndIsSaidAsSuch() {
        ApiClient.Reply reply = CLIENT.post("/images", IMAGE + "\"a\"}");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void theUploadTakesBytesOnly() {
        var reply = CLIENT.send(
                "PUT",
                "/images/" + Uuid7.next() + "/content",
                BodyPublishers.ofString("{}"),
                Map.of("Content-Type", "application/json"));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(415);
    }

    @Test
    void allOfTheHardwareIsPassedOn() {
        UUID id = UUID.fromString("00000000-0000-7000-8000-000000000001");
        String body = """
                {"name": "all", "vcpus": 4, "folder": "team/web", "labels": {"env": "<test> & more"},
                 "cpu": {"model": "x86-64-v2", "sockets": 2, "cores": 2},
                 "firmware": "uefi", "secureBoot": true, "tpm": true, "watchdog": {"action": "pause"}, "clipboard": true,
                 "disks": [{"volumeId": "%1$s", "bus": "scsi", "cache": "writethrough", "discard": "ignore", "readIops": 7},
                           {"imageId": "%1$s", "ioThread": true}],
                 "nics": [{"network": "default", "model": "e1000e", "linkUp": false}],
                 "cdroms": [{"imageId": "%1$s"}, {}], "bootOrder": ["cdrom0", "disk1"]}
                """.formatted(id);
        ApiClient.Reply reply = CLIENT.post("/vms", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        var limited = new DiskHardware(
                DiskBus.SCSI, Cache.WRITETHROUGH, Discard.IGNORE, false, new Limits(7L, null, null, null));
        var served = new DiskHardware(DiskBus.VIRTIO, Cache.AUTO, Discard.UNMAP, true, null);
        assertThat(ASKED.get())
                .isEqualTo(new VmSpec(
                        "all",
                        "",
                        4,
                        1L << 30,
                        List.of(
                                new DiskSpec(null, null, null, id, limited),
                                new DiskSpec(id, null, null, null, served)),
                        List.of(new NicSpec("default", null, new NicHardware(NicHardware.Model.E1000E, false))),
                        null,
                        "team/web",
                        Map.of("env", "<test> & more"),
                        new MachineSpec(
                                new CpuTopology(2, 2, 1),
                                "x86-64-v2",
                                Firmware.UEFI,
                                true,
                                true,
                                new Watchdog(WatchdogModel.I6300ESB, WatchdogAction.PAUSE),
                                null,
                                true),
                        List.of(new CdromSpec(id), new CdromSpec(null)),
                        List.of("cdrom0", "disk1"),
                        null,
                        null,
                        null));
    }
}
