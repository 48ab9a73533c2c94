package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.ComputeApi.SeedView;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How people get in: what a guest is told, what is shown of that, and what is kept. */
class AccessIT {
    private static final String TOKEN = "canary-token-4711";
    private static final String USER_DATA =
            "#cloud-config\nubuntu_pro: {token: " + TOKEN + "}\nruncmd: [[touch, /a]]\n";
    private static final String HASH = "$6$salt$" + "x".repeat(86);

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private CreateVm request(@Nullable String hash, @Nullable String userData, boolean nobodyLogsIn) {
        VmSpec spec = compute.spec("web-1");
        CloudInit wish = new CloudInit(
                null,
                "admin",
                hash,
                List.of(),
                false,
                List.of(),
                null,
                List.of(),
                List.of("echo hello"),
                "de_AT.UTF-8",
                "Europe/Vienna",
                userData,
                true,
                nobodyLogsIn);
        return new CreateVm(spec.withSetup(wish), null, true, false);
    }

    private FailureException refused(CreateVm request) {
        return Objects.requireNonNull(catchThrowableOfType(FailureException.class, () -> compute.create(request)));
    }

    private SeedView preview(CreateVm request) {
        return compute.plane.bus().request(ComputeApi.PREVIEW_SEED, request, TestControlPlane.caller());
    }

    @Test
    void theGuestGetsWhatItsOwnerWroteAndNobodyElseSeesItsSecrets() {
        CreateVm request = request(HASH, USER_DATA, false);
        SeedView before = preview(request);
        TaskRef ref = compute.create(request);
        compute.succeeded(ref);
        String given = Objects.requireNonNull(world.seeds.get(ref.targetId())).userData();
        assertThat(given)
                .contains("token: " + TOKEN, HASH, "echo hello", "[touch, /a]", "qemu-guest-agent")
                .contains("timezone: \"Europe/Vienna\"", "locale: \"de_AT.UTF-8\"");
        SeedView after = compute.plane
                .bus()
                .request(ComputeApi.GET_SEED, new ComputeApi.Vm(ref.targetId()), TestControlPlane.caller());
        assertThat(before.userData()).isEqualTo(after.userData());
        assertThat(given)
                .isEqualTo(after.userData()
                        .replace("token: \"********\"", "token: " + TOKEN)
                        .replace("hashed_passwd: \"********\"", "hashed_passwd: \"" + HASH + "\""));
        assertThat(after.metaData()).contains(ref.targetId().toString());
        assertThat(compute.vm(ref.targetId()).toString()).doesNotContain(TOKEN);
        var database = compute.plane.controlPlane().database();
        assertThat(database.query("select spec::text as spec from compute.vms", row -> row.text("spec")))
                .hasSize(1)
                .noneMatch(spec -> spec.contains(TOKEN));
        assertThat(database.query("select tasks::text as task from runtime.tasks as tasks", row -> row.text("task")))
                .isNotEmpty()
                .noneMatch(task -> task.contains(TOKEN));
    }

    @Test
    void aVmThatNobodyCouldLogInToIsRefusedUnlessThatIsMeant() {
        FailureException refusal = refused(request(null, null, false));
        assertThat(refusal.failure().details()).containsEntry("field", "cloudInit.nobodyLogsIn");
        assertThat(refusal.failure().message()).contains("password", "SSH key", "nobodyLogsIn");
        assertThat(refused(request(null, "#!/bin/sh\n:\n", false)).failure().details())
                .containsEntry("field", "cloudInit.nobodyLogsIn");
        assertThat(preview(request(null, null, false)).userData()).contains("lock_passwd: true");
        String further = "users: [{name: eve, ssh_import_id: [gh:eve]}]";
        compute.succeeded(compute.create(request(null, further, false)));
    }

    @Test
    void whoConfirmsThatNobodyLogsInGetsTheVm() {
        compute.succeeded(compute.create(request(null, null, true)));
    }

    @Test
    void aWindowsGuestGetsAConfigDriveInACdRomDrive() {
        String script = "#ps1_sysnative\n$password = '" + TOKEN + "'\n";
        Cloudbase wish = new Cloudbase("win-1", List.of(), script);
        TaskRef ref = compute.create(new CreateVm(compute.spec("windows").withSetup(wish), null, true, false));
        compute.succeeded(ref);
        HostStorageApi.MakeSeed seed = Objects.requireNonNull(world.seeds.get(ref.targetId()));
        assertThat(seed.kind()).isEqualTo(SeedKind.CONFIG_DRIVE);
        assertThat(seed.userData()).isEqualTo(script);
        assertThat(seed.metaData())
                .contains("\"hostname\" : \"win-1\"", ref.targetId().toString());
        assertThat(Objects.requireNonNull(world.specs.get(ref.targetId())).seedKind())
                .isEqualTo(SeedKind.CONFIG_DRIVE);
        assertThat(compute.vm(ref.targetId()).spec().toString()).doesNotContain(TOKEN);
        SeedView shown = compute.plane
                .bus()
                .request(ComputeApi.GET_SEED, new ComputeApi.Vm(ref.targetId()), TestControlPlane.caller());
        assertThat(shown.userData()).startsWith("#ps1_sysnative").doesNotContain(TOKEN);
        Cloudbase noScript = new Cloudbase(null, List.of(), "Write-Host hello");
        assertThat(refused(new CreateVm(compute.spec("w").withSetup(noScript), null, true, false))
                        .failure()
                        .details())
                .containsEntry("field", "cloudbase.userData");
    }

    @Test
    void aCoreOsGuestGetsItsOwnersConfigurationWithTheAccount() {
        String own = "{\"ignition\":{\"version\":\"3.4.0\"},\"systemd\":{\"units\":[{\"name\":\"a.service\"}]},"
                + "\"storage\":{\"files\":[{\"path\":\"/a\",\"contents\":{\"source\":\"data:,token=" + TOKEN
                + "\"}}]}}";
        Ignition wish = new Ignition("core.example.com", "core", HASH, List.of(), own, false);
        TaskRef ref = compute.create(new CreateVm(compute.spec("coreos").withSetup(wish), null, true, false));
        compute.succeeded(ref);
        HostStorageApi.MakeSeed seed = Objects.requireNonNull(world.seeds.get(ref.targetId()));
        assertThat(seed.kind()).isEqualTo(SeedKind.IGNITION);
        assertThat(seed.userData())
                .contains(
                        "\"version\":\"3.4.0\"",
                        "a.service",
                        TOKEN,
                        HASH,
                        "data:,core.example.com",
                        "\"name\":\"core\"");
        assertThat(Objects.requireNonNull(world.specs.get(ref.targetId())).seedKind())
                .isEqualTo(SeedKind.IGNITION);
        assertThat(compute.vm(ref.targetId()).spec().toString()).doesNotContain(TOKEN);
        SeedView shown = compute.plane
                .bus()
                .request(ComputeApi.GET_SEED, new ComputeApi.Vm(ref.targetId()), TestControlPlane.caller());
        assertThat(shown.userData()).contains("a.service").doesNotContain(TOKEN, HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "[]",
                "{}",
                "{\"ignition\":{\"version\":\"2.3.0\"}}",
                "{\"ignition\":{\"version\":\"3.3.0\"},\"canari\":1}",
                "{\"ignition\":{\"version\":\"3.3.0\"},\"passwd\":{\"users\":[{\"name\":\"core\"}]}}",
                "{\"ignition\":{\"version\":\"3.3.0\"},\"storage\":{\"files\":[{\"path\":\"/etc/hostname\"}]}}",
                "{\"ignition\":{\"version\":\"3.3.0\"},\"storage\":[]}",
                "{\"ignition\":{\"version\":\"3.3.0\"},\"passwd\":{\"users\":[{\"name\":\"a\",\"passwordHash\":\"canary\"}]}}",
            })
    void aConfigurationThatIgnitionWouldNotTakeIsRefused(String own) {
        Ignition wish = new Ignition(null, "core", HASH, List.of(), own, false);
        FailureException refusal = refused(new CreateVm(compute.spec("coreos").withSetup(wish), null, true, false));
        assertThat(refusal.failure().details()).containsEntry("field", "ignition.config");
        assertThat(refusal.failure().message()).doesNotContain("canary");
    }

    @Test
    void aVmWithoutCloudInitHasNoSeed() {
        CreateVm request = new CreateVm(compute.spec("plain").withSetup(null), null, true, false);
        TaskRef ref = compute.create(request);
        compute.succeeded(ref);
        FailureException refusal = catchThrowableOfType(FailureException.class, () -> compute.plane
                .bus()
                .request(ComputeApi.GET_SEED, new ComputeApi.Vm(ref.targetId()), TestControlPlane.caller()));
        assertThat(refusal.failure().message()).contains("plain", "cloud-init");
    }
}
