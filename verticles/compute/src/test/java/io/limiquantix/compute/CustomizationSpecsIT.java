package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.CloneApi.Setup;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.CustomizationApi;
import io.limiquantix.bus.compute.CustomizationApi.ChangeSpec;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.compute.CustomizationApi.KeptSecret;
import io.limiquantix.bus.compute.CustomizationApi.SpecWish;
import io.limiquantix.bus.compute.CustomizationSpecView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customization specs: how they are kept, and what VMs get of them. */
class CustomizationSpecsIT {
    private static final String TOKEN = "canary-token-4711";
    private static final String USER_DATA = "#cloud-config\nubuntu_pro: {token: " + TOKEN + "}\n";
    private static final String HASH = "$6$salt$" + "y".repeat(86);

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private static SpecWish wish(String name, String pattern, @Nullable String hash, @Nullable String userData) {
        CloudInit linux = new CloudInit(
                null,
                "ops",
                hash,
                List.of(),
                false,
                List.of("nginx"),
                null,
                List.of(),
                List.of("echo kept"),
                null,
                "Europe/Vienna",
                userData,
                false,
                false);
        return new SpecWish(name, "for web servers", pattern, linux, null);
    }

    private CustomizationSpecView create(SpecWish wish) {
        return create(wish, TestControlPlane.caller());
    }

    private CustomizationSpecView create(SpecWish wish, Caller caller) {
        return compute.plane.bus().request(CustomizationApi.CREATE, wish, caller);
    }

    private CustomizationSpecView change(UUID id, @Nullable Long version, SpecWish wish, List<KeptSecret> forget) {
        return compute.plane
                .bus()
                .request(CustomizationApi.CHANGE, new ChangeSpec(id, version, wish, forget), TestControlPlane.caller());
    }

    private void delete(UUID id) {
        compute.plane
                .bus()
                .request(CustomizationApi.DELETE, new CustomizationApi.DeleteSpec(id, null), TestControlPlane.caller());
    }

    private static FailureCode code(ThrowingCallable action) {
        return Objects.requireNonNull(catchThrowableOfType(FailureException.class, action))
                .code();
    }

    private String userData(UUID vmId) {
        return Objects.requireNonNull(world.seeds.get(vmId)).userData();
    }

    private String metaData(UUID vmId) {
        return Objects.requireNonNull(world.seeds.get(vmId)).metaData();
    }

    @Test
    void aSpecIsKeptAndEditedAndNobodyReadsItsSecretsAgain() {
        Caller once = TestControlPlane.caller();
        CustomizationSpecView made = create(wish("web", "{name}.example.org", HASH, USER_DATA), once);
        assertThat(create(wish("web", "{name}.example.org", HASH, USER_DATA), once))
                .isEqualTo(made);
        assertThat(made.hasPassword()).isTrue();
        assertThat(made.hasUserData()).isTrue();
        CloudInit shown = Objects.requireNonNull(made.cloudInit());
        assertThat(shown.passwordHash()).isNull();
        assertThat(shown.userData()).isNull();
        assertThat(shown.packages()).containsExactly("nginx");
        assertThat(stored()).contains(HASH).doesNotContain(TOKEN);
        assertThat(code(() -> create(wish("WEB", "{name}", HASH, null)))).isEqualTo(FailureCode.CONFLICT);

        CustomizationSpecView edited = change(made.id(), made.version(), wish("web", "web-{n}", null, null), List.of());
        assertThat(edited.hasPassword()).isTrue();
        assertThat(edited.hasUserData()).isTrue();
        assertThat(edited.hostNamePattern()).isEqualTo("web-{n}");
        assertThat(stored()).contains(HASH);
        assertThat(code(() -> change(made.id(), made.version(), wish("web", "{name}", null, null), List.of())))
                .isEqualTo(FailureCode.STALE_VERSION);
        assertThatThrownBy(() -> change(
                        made.id(),
                        null,
                        new SpecWish("web", "", "{name}", null, new Cloudbase(null, List.of(), null)),
                        List.of()))
                .hasMessageContaining("stays so");

        var duplicate = new CustomizationApi.DuplicateSpec(made.id(), "web-copy");
        assertThat(compute.plane
                        .bus()
                        .request(CustomizationApi.DUPLICATE, duplicate, TestControlPlane.caller())
                        .hasPassword())
                .isTrue();
        CustomizationSpecView bare = change(
                made.id(), null, wish("web", "{name}", null, null), List.of(KeptSecret.PASSWORD, KeptSecret.USER_DATA));
        assertThat(bare.hasPassword()).isFalse();
        assertThat(bare.hasUserData()).isFalse();
        delete(made.id());
        delete(made.id());
        assertThat(compute.plane
                        .bus()
                        .request(
                                CustomizationApi.LIST,
                                new CustomizationApi.ListSpecs(Page.FIRST, "WEB"),
                                TestControlPlane.caller())
                        .items())
                .extracting(CustomizationSpecView::name)
                .containsExactly("web-copy");
    }

    private String stored() {
        return String.join(
                "",
                compute.plane
                        .controlPlane()
                        .database()
                        .query(
                                "select specs::text as spec from compute.customization_specs as specs",
                                row -> row.text("spec")));
    }

    @Test
    void whatCreationWouldRefuseIsRefusedWhenItIsKept() {
        assertThatThrownBy(() -> create(wish("web", "{name}", HASH, "#cloud-config\npackagess: [a]\n")))
                .hasMessageContaining("packagess")
                .hasMessageContaining("Did you mean");
        CloudInit named = new CloudInit("fixed", "ops", HASH, List.of(), false, List.of(), null);
        assertThatThrownBy(() -> create(new SpecWish("web", "", "{name}", named, null)))
                .hasMessageContaining("hostNamePattern");
        assertThatThrownBy(() -> create(new SpecWish("web", "", "{name}", null, null)))
                .hasMessageContaining("Give one of the two");
    }

    @Test
    void aNewVmGetsACopyOfTheSpecAndWhatTheRequestSaysInItsPlace() {
        CustomizationSpecView spec = create(wish("web", "{name}.example.org", HASH, USER_DATA));
        CloudInit said = new CloudInit(null, "", null, List.of(), false, List.of("htop"), null);
        CreateVm request = new CreateVm(
                compute.spec("shop").withSetup(said),
                null,
                true,
                false,
                new Customization(spec.id(), List.of("packages")));
        String preview = compute.plane
                .bus()
                .request(ComputeApi.PREVIEW_SEED, request, TestControlPlane.caller())
                .userData();
        assertThat(preview).contains("htop", "********").doesNotContain("nginx", HASH, TOKEN);
        TaskRef ref = compute.create(request);
        compute.succeeded(ref);
        delete(spec.id());
        assertThat(userData(ref.targetId()))
                .contains("ops", HASH, TOKEN, "htop", "echo kept", "Europe/Vienna", "shop.example.org")
                .doesNotContain("nginx");
        assertThat(compute.vm(ref.targetId()).spec().toString()).doesNotContain(TOKEN);
        assertThatThrownBy(() -> compute.create(
                        new CreateVm(compute.spec("late"), null, true, false, new Customization(spec.id(), List.of()))))
                .hasMessageContaining("There is no customization spec");

        CustomizationSpecView noWay = create(wish("no-way", "{name}", null, null));
        CreateVm locked = new CreateVm(
                compute.spec("locked").withSetup(null), null, true, false, new Customization(noWay.id(), List.of()));
        assertThatThrownBy(() -> compute.create(locked)).hasMessageContaining("Nobody could log in");
    }

    @Test
    void clonesAreCalledByTheirNumbersAndNoTwoTheSame() {
        TaskRef made = compute.create("source");
        compute.succeeded(made);
        world.anyEndedTask = made.taskId();
        CustomizationSpecView numbered = create(wish("web", "web-{n}.example.org", HASH, null));
        CustomizationSpecView fixed = create(wish("mail", "mail", HASH, null));
        assertThatThrownBy(() -> clone(made.targetId(), "shop-{08..10}", fixed))
                .hasMessageContaining("mail (shop-08, shop-09, shop-10)");
        assertThatThrownBy(() -> clone(made.targetId(), "shop", numbered)).hasMessageContaining("has none");
        Clones clones = clone(made.targetId(), "shop-{08..10}", numbered);
        assertThat(clones.items()).hasSize(3).allSatisfy(clone -> {
            compute.succeeded(clone.task());
            String hostName = clone.name().replace("shop", "web") + ".example.org";
            UUID vm = clone.task().targetId();
            assertThat(userData(vm)).contains(HASH, "nginx", hostName);
            assertThat(metaData(vm)).contains(clone.name().replace("shop", "web"));
        });
    }

    private Clones clone(UUID source, String name, CustomizationSpecView spec) {
        CloneVm wish = new CloneVm(
                source,
                name,
                Kind.LINKED,
                null,
                true,
                null,
                Map.of(),
                null,
                null,
                null,
                Setup.AS_SOURCE,
                false,
                new Customization(spec.id(), List.of()));
        return CloneRequests.begin(compute, wish, TestControlPlane.caller());
    }
}
