package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostMigrationApi.CanArrive;
import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.bus.host.HostMigrationApi.Move;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.host.HostMigrationApi.Prepare;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.TwoHosts;
import io.limiquantix.host.testing.TwoHosts.Side;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A running guest with two disks between two hosts, each with a libvirt of its own. It boots once, for it is always somewhere. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "isRoot", disabledReason = "the second host's namespaces need root")
class MigrationLifeIT {
    private static final Executor THREADS = Thread::startVirtualThread;
    private static final String PASSWORD = "canary7";
    private static final MoveLimits LIMITS = new MoveLimits(200, 77, true);
    private static final List<UUID> DISKS = List.of(Uuid7.next(), Uuid7.next());

    private TwoHosts hosts;
    private UUID vm;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        hosts = TwoHosts.start(folder);
        TestHost first = hosts.here().host();
        vm = first.newVm();
        first.ask(DomainApi.DEFINE, new DomainApi.Define(spec(hosts.here())));
        withPassword(folder.resolve("with-password.xml"));
        first.power(DomainApi.START, vm);
        hosts.here().shell(vm).awaitAgent();
        // The agent answers before the disk is there.
        hosts.here()
                .shell(vm)
                .run("until grep -q ' /disk ' /proc/mounts; do sleep 1; done; mount -t tmpfs none /mnt;"
                        + " echo kept > /mnt/note; echo before > /disk/note; echo second > /dev/vdb; sync;"
                        + " (i=0; while :; do i=$((i+1)); echo $i > /mnt/count; done) >/dev/null 2>&1 &");
    }

    /** Somebody has set one by hand; we set none. */
    private void withPassword(Path file) throws IOException {
        String xml = hosts.virsh(hosts.here(), "dumpxml", "--inactive", vm.toString());
        Files.writeString(file, xml.replace("<graphics type='vnc'", "<graphics type='vnc' passwd='" + PASSWORD + "'"));
        hosts.virsh(hosts.here(), "define", file.toString());
    }

    @AfterAll
    void stop() {
        if (hosts != null) {
            hosts.close();
        }
    }

    private VolumeReport volume(Side side, UUID volumeId) {
        boolean system = volumeId.equals(DISKS.getFirst());
        return side.host()
                .ask(
                        HostStorageApi.CREATE_VOLUME,
                        new HostStorageApi.CreateVolume(
                                side.host().poolId(),
                                volumeId,
                                system ? "qcow2" : "raw",
                                system ? 1L << 30 : 1L << 24,
                                VolumeOrigin.ofImage(system ? side.image() : null),
                                false,
                                HostStorageApi.Preallocation.THIN));
    }

    private DomainSpec spec(Side side) {
        List<VolumeReport> volumes = DISKS.stream().map(id -> volume(side, id)).toList();
        return side.host().spec("migrating", vm, side.host().poolId(), volumes, null);
    }

    private Prepared prepare(Side target, Arrival arrival) {
        var request = new Prepare(arrival.migrationId(), spec(target));
        Prepared prepared = target.host().ask(HostMigrationApi.PREPARE, request);
        assertThat(target.host().ask(HostMigrationApi.PREPARE, request)).isEqualTo(prepared);
        return prepared;
    }

    private Move order(Side target, Prepared prepared, MoveLimits limits) {
        return new Move(prepared.migrationId(), vm, target.host().hostId(), prepared.definition(), DISKS, limits);
    }

    private Arrival arrival() {
        return new Arrival(Uuid7.next(), vm);
    }

    private long count(Side side) {
        return Long.parseLong(side.shell(vm).run("until cat /mnt/count | grep .; do :; done"));
    }

    /** It may have been let in while it was read. */
    private void assertWorksOn(Side side) {
        side.shell(vm).awaitAgent();
        long before = count(side);
        Eventually.holds(() -> count(side) > before);
        assertThat(side.shell(vm).run("cat /mnt/note; head -c 7 /dev/vdb")).isEqualTo("kept\nsecond");
    }

    private void go(Side source, Side target) {
        Arrival arrival = arrival();
        Prepared prepared = prepare(target, arrival);
        go(source, target, arrival, prepared);
    }

    private void go(Side source, Side target, Arrival arrival, Prepared prepared) {
        Caller caller = TestHost.caller();
        for (int i = 0; i < 2; i++) {
            Move order = order(target, prepared, MoveLimits.NONE);
            assertThat(source.host().ask(HostMigrationApi.MOVE, order, caller).defined())
                    .isFalse();
        }
        assertWaits(target);
        for (int i = 0; i < 2; i++) {
            assertThat(target.host().ask(HostMigrationApi.LET_RUN, arrival).state())
                    .isEqualTo(PowerState.RUNNING);
        }
        target.host().awaitState(vm, PowerState.RUNNING);
        // Not even a late one undoes it.
        target.host().ask(HostMigrationApi.FORGET, arrival);
        source.delete(DISKS);
        assertWorksOn(target);
        assertThat(source.knows(arrival)).isFalse();
        assertThat(target.knows(arrival)).isFalse();
    }

    /** Nobody takes it for a machine that runs there or could, and nobody lets it run by accident. */
    private void assertWaits(Side target) {
        DomainReport report = target.host().power(DomainApi.GET, vm);
        assertThat(report.state()).isEqualTo(PowerState.PAUSED);
        assertThat(report.reason()).isEqualTo(DomainReport.ARRIVING);
        assertThat(target.host().lastChange(vm))
                .satisfiesAnyOf(nothing -> assertThat(nothing).isNull(), gone -> assertThat(gone.defined())
                        .isFalse());
        for (var change : List.of(DomainApi.RESUME, DomainApi.START, DomainApi.RESET)) {
            assertThatThrownBy(() -> target.host().power(change, vm))
                    .as(change.name())
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("has not arrived on this host yet");
        }
    }

    private List<String> obstacles(Side target, DomainCpu cpu, String... networks) {
        return target.host()
                .ask(HostMigrationApi.CAN_ARRIVE, new CanArrive(vm, cpu, List.of(networks)))
                .obstacles();
    }

    @Test
    void goesThereAndBackWithItsMemoryAndItsDisks() {
        Side here = hosts.here();
        Side there = hosts.there();
        DomainCpu cpu = here.host().ask(HostMigrationApi.LOOK_AT_CPU, new DomainApi.Domain(vm));
        assertThat(obstacles(there, cpu, "default")).isEmpty();
        assertThat(obstacles(there, cpu, "default", "nowhere"))
                .singleElement()
                .asString()
                .contains("no network and no bridge nowhere");
        go(here, there);
        assertThat(hosts.knows(here, vm)).isFalse();
        for (String which : List.of("--migratable", "--inactive")) {
            assertThat(hosts.virsh(there, "dumpxml", "--security-info", which, vm.toString()))
                    .contains("passwd='" + PASSWORD + "'")
                    .contains(there.host().folder().toString())
                    .doesNotContain(here.host().folder().toString());
        }
        assertThat(there.shell(vm).run("cat /disk/note; echo after > /disk/note; sync"))
                .isEqualTo("before");
        go(there, here);
        assertThat(hosts.knows(there, vm)).isFalse();
        assertThat(here.shell(vm).run("cat /disk/note; echo before > /disk/note; sync"))
                .isEqualTo("after");
        // What the guest reads is on its disk, and not only in its memory.
        assertThat(here.shell(vm).run("echo 3 > /proc/sys/vm/drop_caches; cat /disk/note"))
                .isEqualTo("before");
    }

    private CompletableFuture<FailureException> holdMove(Prepared prepared) {
        Side here = hosts.here();
        Move order = order(hosts.there(), prepared, LIMITS);
        hosts.memory().hold();
        var refused = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        FailureException.class, () -> here.host().ask(HostMigrationApi.MOVE, order)),
                THREADS);
        hosts.memory().awaitHeld();
        return refused;
    }

    private void assertStayed(Arrival arrival) {
        assertThat(hosts.here().host().power(DomainApi.GET, vm).state()).isEqualTo(PowerState.RUNNING);
        for (int i = 0; i < 2; i++) {
            hosts.there().host().ask(HostMigrationApi.FORGET, arrival);
        }
        assertThat(hosts.knows(hosts.there(), vm)).isFalse();
        assertWorksOn(hosts.here());
        hosts.there().delete(DISKS);
        assertThat(hosts.here().knows(arrival)).isFalse();
        assertThat(hosts.there().knows(arrival)).isFalse();
    }

    private String ofQemu(String question) {
        return hosts.virsh(
                hosts.here(), "qemu-monitor-command", vm.toString(), "{\"execute\":\"query-" + question + "\"}");
    }

    private CopyState progress() {
        return hosts.here()
                .host()
                .ask(HostMigrationApi.LOOK_AT_MOVE, new DomainApi.Domain(vm))
                .state();
    }

    @Test
    void keepsToItsLimitsAndStaysWhereItIsWhenTheMoveIsEndedInTheMiddle() {
        Arrival arrival = arrival();
        var refused = holdMove(prepare(hosts.there(), arrival));
        assertThat(progress()).isEqualTo(CopyState.COPYING);
        assertThat(hosts.there().host().power(DomainApi.GET, vm).reason()).isEqualTo(DomainReport.ARRIVING);
        // Two disks and the memory share it: 100 MiB for each.
        assertThat(ofQemu("migrate-parameters")).contains("\"downtime-limit\":77,", "\"max-bandwidth\":104857600,");
        assertThat(ofQemu("block-jobs").split("\"speed\":104857600,", -1)).hasSize(3);
        assertThat(ofQemu("migrate-capabilities")).contains("{\"state\":true,\"capability\":\"auto-converge\"}");
        assertThat(hosts.here().host().power(HostMigrationApi.ABORT, vm).state())
                .isEqualTo(PowerState.RUNNING);
        hosts.memory().letGo();
        assertThat(refused.join().code()).isEqualTo(FailureCode.CANCELLED);
        assertThat(progress()).isEqualTo(CopyState.NOT_HERE);
        assertThat(ofQemu("migrate-parameters")).contains("\"downtime-limit\":300,");
        assertStayed(arrival);
    }

    @Test
    void staysWhereItIsWhenTheTargetDies() {
        Arrival arrival = arrival();
        var refused = holdMove(prepare(hosts.there(), arrival));
        hosts.killArriving(vm);
        hosts.memory().letGo();
        FailureException failure = refused.join();
        assertThat(failure.code()).isEqualTo(FailureCode.HYPERVISOR);
        assertThat(failure.failure().message()).contains("goes on where it was");
        assertStayed(arrival);
    }

    /** The last one, as the guest is there then. */
    @Test
    @Order(Integer.MAX_VALUE)
    void goesOnWhereItIsWhenItsHostsProcessDiesAndGoesWhenItIsAskedAgain() {
        Arrival arrival = arrival();
        Prepared prepared = prepare(hosts.there(), arrival);
        var _ = holdMove(prepared);
        hosts.startHereAnew();
        assertThat(hosts.here().host().power(HostMigrationApi.ABORT, vm).state())
                .isEqualTo(PowerState.RUNNING);
        assertThat(progress()).isEqualTo(CopyState.NOT_HERE);
        hosts.memory().letGo();
        assertWorksOn(hosts.here());
        Eventually.holds(() -> !hosts.knows(hosts.there(), vm));
        go(hosts.here(), hosts.there(), arrival, prepared);
    }
}
