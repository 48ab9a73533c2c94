package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.CloneApi.Clone;
import io.limiquantix.bus.compute.CloneApi.Clones;
import io.limiquantix.bus.compute.CloneApi.Kind;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.TemplateApi;
import io.limiquantix.bus.compute.TemplateApi.Convert;
import io.limiquantix.bus.compute.TemplateApi.Family;
import io.limiquantix.bus.compute.TemplateApi.Version;
import io.limiquantix.bus.compute.VmEdit;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** VMs that become templates, and are such no more. */
class TemplatesIT {
    private static final String REFUSAL = "is a template; deploy a VM from it or convert it back";

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private UUID off(String name) {
        TaskRef made = compute.create(name);
        compute.succeeded(made);
        world.anyEndedTask = made.taskId();
        compute.succeeded(compute.power(made.targetId(), PowerAction.FORCE_STOP));
        return made.targetId();
    }

    private VmView convert(UUID vm, @Nullable String family, @Nullable String note) {
        return compute.plane
                .bus()
                .request(TemplateApi.CONVERT, new Convert(vm, family, note), TestControlPlane.caller());
    }

    private VmView convertBack(UUID vm) {
        return compute.plane.bus().request(TemplateApi.CONVERT_BACK, new ComputeApi.Vm(vm), TestControlPlane.caller());
    }

    private List<Family> families(@Nullable String search) {
        return compute.plane
                .bus()
                .request(TemplateApi.LIST, new TemplateApi.ListTemplates(Page.FIRST, search), TestControlPlane.caller())
                .items();
    }

    private UUID found(String family, @Nullable Integer version) {
        return compute.plane
                .bus()
                .request(TemplateApi.FIND, new TemplateApi.Find(family, version), TestControlPlane.caller())
                .vmId();
    }

    private List<VmView> deployed(UUID template, String name) {
        Clones begun = CloneRequests.begin(
                compute, CloneRequests.of(template, name, Kind.LINKED, null), TestControlPlane.caller());
        return begun.items().stream()
                .map(Clone::task)
                .peek(compute::succeeded)
                .map(task -> compute.vm(task.targetId()))
                .toList();
    }

    private List<VmSnapshotView> snapshots(UUID vm) {
        return compute.plane
                .bus()
                .request(SnapshotApi.LIST, new ComputeApi.Vm(vm), TestControlPlane.caller())
                .items();
    }

    private TaskRef keep(UUID vm) {
        return compute.plane
                .bus()
                .request(
                        SnapshotApi.CREATE,
                        new SnapshotApi.CreateSnapshot(vm, "golden", "", false, false),
                        TestControlPlane.caller());
    }

    private static void refused(FailureCode code, String sentence, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    private static VmEdit startingWithItsHost() {
        var early = new VmEdit.AtBoot(new Autostart(10, 0, false));
        return new VmEdit(null, null, null, null, null, null, null, null, null, null, null, null, null, early);
    }

    @Test
    void neitherStartsNorChangesUntilItIsAVmAgain() {
        UUID vm = off("web");
        UUID disk = compute.vm(vm).disks().getLast().volumeId();
        Template template =
                Objects.requireNonNull(convert(vm, null, "as installed").template());
        assertThat(template.family()).isEqualTo("web");
        assertThat(template.version()).isEqualTo(1);
        assertThat(convert(vm, null, null).template()).as("asked for again").isEqualTo(template);
        refused(FailureCode.CONFLICT, "version 1 of web", () -> convert(vm, "other", null));
        for (PowerAction action : List.of(PowerAction.START, PowerAction.RESUME, PowerAction.RESET)) {
            refused(FailureCode.CONFLICT, REFUSAL, () -> compute.power(vm, action));
        }
        refused(FailureCode.CONFLICT, REFUSAL, () -> compute.edit(vm, null, Edits.sized(1, 256L << 20)));
        refused(FailureCode.CONFLICT, REFUSAL, () -> compute.edit(vm, null, startingWithItsHost()));
        refused(FailureCode.CONFLICT, REFUSAL, () -> compute.attach(vm, UUID.randomUUID()));
        refused(FailureCode.CONFLICT, REFUSAL, () -> compute.detach(vm, disk));
        refused(FailureCode.CONFLICT, REFUSAL, () -> keep(vm));
        compute.edit(vm, null, Edits.described("the shop", "shops", Map.of("tier", "front")));
        assertThat(compute.vm(vm).spec().folder()).isEqualTo("shops");
        assertThat(compute.all()).as("templates are no VMs to look through").isEmpty();
        assertThat(convertBack(vm).template()).isNull();
        assertThat(convertBack(vm).template()).as("asked for again").isNull();
        assertThat(compute.all()).extracting(VmView::id).containsExactly(vm);
        compute.succeeded(compute.power(vm, PowerAction.START));
        refused(FailureCode.CONFLICT, "is not off", () -> convert(vm, null, null));
    }

    @Test
    void hasToBeOffByItsHostsWordToo() {
        UUID vm = off("web");
        world.domains.put(vm, PowerState.RUNNING);
        refused(FailureCode.CONFLICT, "is not off", () -> convert(vm, null, null));
        world.domains.put(vm, PowerState.STOPPED);
        compute.succeeded(compute.power(vm, PowerAction.START));
        compute.succeeded(compute.power(vm, PowerAction.SUSPEND));
        refused(FailureCode.CONFLICT, "is suspended", () -> convert(vm, null, null));
    }

    @Test
    void versionsAreCountedAndNeverGivenTwice() {
        UUID first = off("web-a");
        UUID second = off("web-b");
        UUID third = off("web-c");
        convert(first, "web", "one");
        convert(second, "web", "two");
        assertThat(found("web", null)).isEqualTo(second);
        compute.succeeded(compute.delete(second, false, false));
        assertThat(found("web", null)).isEqualTo(first);
        convert(third, "web", "three");
        convert(off("other"), "Web", null);
        assertThat(families("WEB")).extracting(Family::name).containsExactly("Web", "web");
        assertThat(families("WEB").getLast().versions())
                .extracting(Version::version, Version::note, Version::vmId)
                .containsExactly(tuple(3, "three", third), tuple(1, "one", first));
        assertThat(families("nothing")).isEmpty();
        assertThat(found("web", 1)).isEqualTo(first);
        refused(FailureCode.NOT_FOUND, "version 2", () -> found("web", 2));
        convertBack(third);
        assertThat(Objects.requireNonNull(convert(third, "web", null).template())
                        .version())
                .isEqualTo(4);
    }

    @Test
    void allDeploymentsStandOnOneSnapshotThatStaysWithTheTemplate() {
        UUID template = off("web");
        convert(template, null, null);
        List<VmView> all = new ArrayList<>(deployed(template, "shop-{1..2}"));
        all.addAll(deployed(template, "shop-3"));
        assertThat(snapshots(template)).singleElement().satisfies(moment -> assertThat(moment.clones())
                .containsExactly("shop-1", "shop-2", "shop-3"));
        assertThat(families(null).getFirst().versions().getFirst().dependents()).isEqualTo(3);
        refused(FailureCode.CONFLICT, "shop-1, shop-2, shop-3", () -> compute.delete(template, false, false));
        all.forEach(vm -> compute.succeeded(compute.delete(vm.id(), false, false)));
        assertThat(deployed(template, "late")).hasSize(1);
        assertThat(snapshots(template)).hasSize(1);
        compute.all().forEach(vm -> compute.succeeded(compute.delete(vm.id(), false, false)));
        convertBack(template);
        Eventually.get(() -> snapshots(template), List::isEmpty);
    }

    @Test
    void aStartAndAConversionAtTheSameMomentNeverBothHappen() throws Exception {
        UUID vm = off("web");
        for (int round = 0; round < 20; round++) {
            var both = new CyclicBarrier(2);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<TaskRef> start = threads.submit(together(both, () -> compute.power(vm, PowerAction.START)));
                Future<VmView> conversion = threads.submit(together(both, () -> convert(vm, null, null)));
                Optional<TaskRef> started = done(start);
                assertThat(started.isPresent()).isNotEqualTo(done(conversion).isPresent());
                started.ifPresent(compute::succeeded);
            }
            boolean isTemplate = compute.vm(vm).template() != null;
            assertThat(world.domains.get(vm)).isEqualTo(isTemplate ? PowerState.STOPPED : PowerState.RUNNING);
            if (isTemplate) {
                convertBack(vm);
            } else {
                compute.succeeded(compute.power(vm, PowerAction.FORCE_STOP));
            }
        }
    }

    private static <T> Callable<T> together(CyclicBarrier barrier, Callable<T> action) {
        return () -> {
            barrier.await();
            return action.call();
        };
    }

    /** Empty when it was refused. */
    private static <T> Optional<T> done(Future<T> future) throws InterruptedException {
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(FailureException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(FailureCode.CONFLICT));
            return Optional.empty();
        }
    }

    @Test
    void isNotStartedWhenItsHostWasBooted() {
        UUID vm = off("web");
        compute.edit(vm, null, startingWithItsHost());
        UUID other = off("other");
        compute.edit(other, null, startingWithItsHost());
        convert(vm, null, null);
        world.describesItself = true;
        world.moves.clear();
        for (String boot : List.of("first", "second")) {
            world.bootId = boot;
            world.publishEverything(null);
            Eventually.holds(() -> noted(boot));
        }
        compute.eventually(other, PowerState.RUNNING);
        assertThat(world.domains.get(vm)).isEqualTo(PowerState.STOPPED);
        assertThat(world.moves).containsExactly("start " + other);
    }

    private boolean noted(String boot) {
        return compute.plane
                .controlPlane()
                .database()
                .transaction(tx -> tx.queryOne("select boot_id from compute.host_boots", row -> row.text("boot_id")))
                .filter(boot::equals)
                .isPresent();
    }
}
