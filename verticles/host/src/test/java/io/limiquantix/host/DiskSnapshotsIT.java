package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.KeptMemory;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.host.HostStorageApi.SnapshotDeleted;
import io.limiquantix.bus.host.HostStorageApi.SnapshotMade;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsMade;
import io.limiquantix.bus.host.HostStorageApi.SnapshotsOfDomain;
import io.limiquantix.bus.host.MergeApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.Stillness;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.testing.HeldSave;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.WritingGuest;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of all disks of a real guest at once. */
class DiskSnapshotsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Writes a number to the first disk and then to the second, and the next one. */
    private static final String WRITE_BOTH =
            "(i=0; while :; do i=$((i+1)); for d in vda vdb; do printf '%09d\\n' $i | dd of=/dev/$d bs=1M seek="
                    + WritingGuest.MEBIBYTE + " conv=notrunc,fsync; done; echo $i > /count; done) >/dev/null 2>&1 &";

    /** In its memory only. */
    private static final String COUNT =
            "(i=0; while :; do i=$((i+1)); echo $i > /counting; mv /counting /count; usleep 50000; done) >/dev/null 2>&1 &";

    private final ProcessTool tool = new ProcessTool();
    private final UUID other = Uuid7.next();
    private TestHost host;
    private final UUID vm;
    private final WritingGuest guest;
    private final List<VolumeReport> disks;

    DiskSnapshotsIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
        this.vm = host.newVm();
        this.guest = new WritingGuest(vm);
        this.disks = List.of(host.volume(host.tinyImage()), host.volume(null));
    }

    @BeforeEach
    void define() {
        host.openPool(other, host.folder().resolve("other"));
        String name = "together-" + vm.toString().substring(30);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(host.spec(name, vm, host.poolId(), disks, null)));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void disksOfARunningGuestAreOfTheSameMoment() throws IOException {
        start();
        guest.run(WRITE_BOTH);
        Eventually.get(PATIENCE, () -> guest.run("cat /count || true"), count -> count.matches("[1-9]\\d*"));
        for (int round = 0; round < 3; round++) {
            List<SnapshotName> names = names();
            SnapshotsMade made = create(names, false);
            assertThat(made.stillness()).isEqualTo(Stillness.RUNNING);
            long first = number(names.getFirst());
            long second = number(names.getLast());
            assertThat(first - second)
                    .as("%d on the first, %d on the second", first, second)
                    .isBetween(0L, 1L);
            assertThat(create(names, false).disks())
                    .extracting(SnapshotMade::snapshot)
                    .isEqualTo(made.disks().stream().map(SnapshotMade::snapshot).toList());
            String before = guest.run("cat /count");
            Eventually.get(PATIENCE, () -> guest.run("cat /count"), count -> !count.equals(before));
            names.forEach(name -> host.ask(HostStorageApi.DELETE_SNAPSHOT, name));
        }
        assertThat(virsh("domblklist", vm.toString()))
                .contains(disks.getFirst().path(), disks.getLast().path());
    }

    @Test
    void aGuestWithAnAgentIsQuiescedAndGoesOn() throws IOException {
        start();
        mount();
        guest.run("echo kept > /mnt/word");
        List<SnapshotName> names = names();
        assertThat(create(names, true).stillness()).isEqualTo(Stillness.QUIESCED);
        assertThat(guest.run("echo later > /mnt/word; sync; cat /mnt/word")).isEqualTo("later");
        Path image = raw(names.getLast());
        assertThat(tool.run(CommandLine.of("debugfs", "-R", "cat /word", image.toString())))
                .startsWith("kept");
        assertThat(tool.run(CommandLine.of("dumpe2fs", "-h", image.toString()))).contains("clean");
    }

    @Test
    void aGuestWithoutAnAgentHasThemAllTheSameAndIsNotAskedAgain() throws IOException {
        host.power(DomainApi.START, vm);
        assertThat(create(names(), true).stillness()).isEqualTo(Stillness.RUNNING);
        assertThat(host.folder().resolve("host/still")).isEmptyDirectory();
    }

    @Test
    void aGuestThatIsOffHasThemWithoutFurtherAdo() throws IOException {
        List<SnapshotName> names = names();
        assertThat(create(names, true).stillness()).isEqualTo(Stillness.OFF);
        start();
        guest.write("later");
        assertThat(number(names.getFirst())).isZero();
    }

    @Test
    void whatWasCutOffIsNotCompletedAtAnotherMoment() {
        start();
        List<SnapshotName> names = names();
        host.ask(HostStorageApi.CREATE_SNAPSHOT, names.getFirst());
        assertThatThrownBy(() -> create(names, false)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.CONFLICT);
            assertThat(e).hasMessageContaining("1 of 2 disks");
        });
        assertThat(virsh("domblklist", vm.toString())).contains(disks.getLast().path());
    }

    @Test
    void aGuestThatAHostLeftFrozenOrPausedGoesOn() throws IOException {
        start();
        mount();
        host.stop();
        Path still = host.folder().resolve("host/still");
        Files.createFile(still.resolve(vm + ".frozen"));
        Files.createFile(still.resolve(vm + ".paused"));
        virsh("qemu-agent-command", vm.toString(), "{\"execute\":\"guest-fsfreeze-freeze\"}");
        virsh("suspend", vm.toString());
        host = host.startedAnew();
        host.awaitState(vm, PowerState.RUNNING);
        Eventually.get(
                PATIENCE,
                () -> virsh("qemu-agent-command", vm.toString(), "{\"execute\":\"guest-fsfreeze-status\"}"),
                answer -> answer.contains("thawed"));
        Eventually.holds(
                () -> Files.notExists(still.resolve(vm + ".frozen")) && Files.notExists(still.resolve(vm + ".paused")));
    }

    @Test
    void aGuestGoesOnFromItsMemoryOnTheDisksOfThatMoment() {
        start();
        guest.run(COUNT);
        guest.write("then");
        Eventually.get(PATIENCE, this::count, count -> count > 0);
        List<SnapshotName> names = names();
        UUID memoryId = Uuid7.next();
        long before = count();
        SnapshotsMade made = create(names, false, memoryId);
        assertThat(made.memoryBytes()).isGreaterThan(10L << 20);
        SnapshotsMade repeated = create(names, false, memoryId);
        assertThat(repeated.memoryBytes()).isEqualTo(made.memoryBytes());
        assertThat(repeated.disks())
                .extracting(SnapshotMade::snapshot)
                .isEqualTo(made.disks().stream().map(SnapshotMade::snapshot).toList());
        Eventually.get(PATIENCE, this::count, count -> count > before);
        host.power(DomainApi.GET, vm);
        guest.write("later");
        guest.run("echo forgotten > /later");
        long later = Eventually.get(PATIENCE, this::count, count -> count > before + 20);
        KeptMemory memory = new KeptMemory(vm, memoryId);
        assertThatThrownBy(() -> host.ask(DomainApi.GO_ON_FROM_MEMORY, memory)).hasMessageContaining("runs");
        host.power(DomainApi.FORCE_STOP, vm);
        names.forEach(name -> host.ask(HostStorageApi.REVERT_TO_SNAPSHOT, name));
        assertThat(host.ask(DomainApi.GO_ON_FROM_MEMORY, memory).state()).isEqualTo(PowerState.RUNNING);
        guest.awaitAgent();
        assertThat(host.ask(DomainApi.GO_ON_FROM_MEMORY, memory).state()).isEqualTo(PowerState.RUNNING);
        assertThat(count()).isBetween(before, later - 1);
        assertThat(guest.run("ls /later 2>/dev/null || true")).isEmpty();
        assertThat(guest.read()).startsWith("then");
        long again = count();
        Eventually.get(PATIENCE, this::count, count -> count > again);
        names.forEach(name -> host.ask(HostStorageApi.DELETE_SNAPSHOT, name));
        host.ask(DomainApi.FORGET_MEMORY, memory);
        assertThat(file(memory)).doesNotExist();
        assertThat(guest.read()).startsWith("then");
    }

    private long count() {
        String text = guest.run("cat /count || true");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    @Test
    void memoryIsNotGoneOnFromWithOtherDisks() {
        start();
        UUID memoryId = Uuid7.next();
        create(names(), false, memoryId);
        host.power(DomainApi.FORCE_STOP, vm);
        host.ask(
                DomainApi.DETACH_DISK,
                new DomainApi.DetachDisk(vm, disks.getLast().volumeId()));
        assertThatThrownBy(() -> host.ask(DomainApi.GO_ON_FROM_MEMORY, new KeptMemory(vm, memoryId)))
                .hasMessageContaining("vdb");
        assertThat(host.power(DomainApi.GET, vm).state()).isEqualTo(PowerState.STOPPED);
        assertThatThrownBy(() -> create(names(), false, Uuid7.next())).hasMessageContaining("no memory to keep");
    }

    @Test
    void aGuestGoesOnAsBeforeWhenItsMemoryIsNotToBeKeptAfterAll() throws Exception {
        start();
        guest.write("then");
        List<SnapshotName> names = names();
        KeptMemory memory = new KeptMemory(vm, Uuid7.next());
        HeldSave save = HeldSave.into(file(memory).toString());
        FutureTask<SnapshotsMade> making = begun(() -> create(names, false, memory.memoryId()));
        HeldSave.Held held = save.await();
        Eventually.get(() -> host.ask(DomainApi.LOOK_AT_MEMORY, memory).state(), CopyState.COPYING::equals);
        FutureTask<Nothing> ending = begun(() -> host.ask(DomainApi.END_MEMORY, memory));
        Eventually.holds(() -> migration().contains("\"cancelling\""));
        held.goOn();
        ending.get();
        assertThatThrownBy(making::get).hasMessageContaining("could not be kept");
        assertThat(host.ask(DomainApi.LOOK_AT_MEMORY, memory).state()).isEqualTo(CopyState.NOT_HERE);
        names.forEach(name -> host.ask(HostStorageApi.DELETE_SNAPSHOT, name));
        assertThatThrownBy(() -> create(names, false, memory.memoryId()))
                .hasMessageContaining("not to be kept any more");
        host.ask(DomainApi.FORGET_MEMORY, memory);
        assertThat(file(memory)).doesNotExist();
        assertThat(guest.read()).startsWith("then");
        guest.write("later");
        assertThat(create(names(), false, Uuid7.next()).memoryBytes()).isGreaterThan(10L << 20);
        assertThat(guest.read()).startsWith("later");
    }

    @Test
    void aMergeThatIsNotWantedAnyMoreIsBrokenOffAndDoneLater() throws Exception {
        start();
        List<SnapshotName> names = names();
        create(names, false);
        guest.run("dd if=/dev/urandom of=/noise bs=1M count=8 && i=0; while [ $i -lt 64 ]; do"
                + " dd if=/noise of=/dev/vdb bs=1M seek=$((i * 8)) conv=notrunc; i=$((i + 1)); done; sync");
        SnapshotName name = names.getLast();
        var disk = new MergeApi.DiskOfVm(vm, name.volumeId());
        FutureTask<SnapshotDeleted> deleting = begun(() -> host.ask(HostStorageApi.DELETE_SNAPSHOT, name));
        Eventually.get(() -> host.ask(MergeApi.LOOK, disk).state(), CopyState.COPYING::equals);
        tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system", "blockjob", vm.toString(), "vdb")
                .with("--bandwidth", "1"));
        CopyProgress seen = Eventually.get(
                () -> host.ask(MergeApi.LOOK, disk),
                progress -> progress.moved() != null && progress.moved().bytes() > 0);
        assertThat(seen.percent()).isLessThan(100);
        host.ask(MergeApi.END, disk);
        assertThat(host.ask(MergeApi.LOOK, disk).state()).isEqualTo(CopyState.NOT_HERE);
        assertThatThrownBy(deleting::get).hasMessageContaining("can be deleted again");
        host.ask(MergeApi.END, disk);
        host.ask(HostStorageApi.DELETE_SNAPSHOT, name);
        assertThat(guest.run("cmp /noise /dev/vdb 2>&1 || true")).contains("EOF on /noise");
    }

    private static <T> FutureTask<T> begun(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task;
    }

    private String migration() {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system", "qemu-monitor-command", vm.toString())
                .with("{\"execute\": \"query-migrate\"}"));
    }

    private Path file(KeptMemory memory) {
        return host.folder()
                .resolve("host/memories")
                .resolve(memory.vmId().toString())
                .resolve(memory.memoryId().toString());
    }

    private void start() {
        host.power(DomainApi.START, vm);
        guest.awaitAgent();
    }

    private void mount() {
        guest.run("mke2fs /dev/vdb && mkdir -p /mnt && mount -t ext4 /dev/vdb /mnt");
    }

    private List<SnapshotName> names() {
        return disks.stream()
                .map(disk -> new SnapshotName(host.poolId(), disk.volumeId(), Uuid7.next()))
                .toList();
    }

    private SnapshotsMade create(List<SnapshotName> names, boolean quiesce) {
        return create(names, quiesce, null);
    }

    private SnapshotsMade create(List<SnapshotName> names, boolean quiesce, @Nullable UUID memoryId) {
        return host.ask(HostStorageApi.CREATE_SNAPSHOTS, new SnapshotsOfDomain(vm, names, quiesce, memoryId));
    }

    /** What the guest had written last; 0 when nothing. */
    private long number(SnapshotName name) throws IOException {
        Path text = host.folder().resolve("text");
        tool.run(CommandLine.of("qemu-img", "dd", "-f", "raw", "-O", "raw", "bs=1M")
                .with("count=" + (WritingGuest.MEBIBYTE + 1), "skip=" + WritingGuest.MEBIBYTE)
                .with("if=" + raw(name), "of=" + text));
        String digits = Files.readString(text).replace("\0", "").strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** A copy of what the disk held. */
    private Path raw(SnapshotName of) {
        var request = new HostStorageApi.CopyVolume(
                host.poolId(), of.volumeId(), of.snapshotId(), other, Uuid7.next(), "raw", 1L << 30);
        return Path.of(host.ask(HostStorageApi.COPY_VOLUME, request).path());
    }

    private String virsh(String... words) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words));
    }
}
