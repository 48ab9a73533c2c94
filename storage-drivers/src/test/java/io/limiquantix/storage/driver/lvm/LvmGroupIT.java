package io.limiquantix.storage.driver.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.DyingTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A disk is taken for a pool and given back: by processes that are killed at each step, and where others had it before. */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "is run in the test bed's VM, whose kernel it may spoil")
class LvmGroupIT {
    private static final long DISK = 256L << 20;
    private static final Pattern COMMAND = Pattern.compile("\"([a-z]+ [^\"]*)\"");

    private final UUID poolId = UUID.randomUUID();
    private final LoopDisk disk;
    private final LvmBed bed;

    LvmGroupIT(@TempDir Path scratch) throws IOException {
        disk = new LoopDisk(scratch.resolve("disk"), DISK);
        bed = new LvmBed(Files.createDirectory(scratch.resolve("host")), disk);
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            assertThat(disk.signatures()).isEmpty();
        } finally {
            disk.close();
        }
    }

    /** Each process comes one step further than the one before it. */
    @Test
    void takesADiskAndGivesItBackHoweverOftenItIsKilled() {
        DyingTool killed = LvmBed.tool();
        killed.dieAfter(0);
        assertDies(() -> bed.open(poolId, LvmBed.own(), killed));
        assertThat(disk.signatures()).as("before vgcreate").isEmpty();

        killed.live();
        killed.dieIn("vgcreate", _ -> bed.run("pvcreate", disk.device().toString()));
        assertDies(() -> bed.open(poolId, LvmBed.own(), killed));
        assertThat(disk.signatures()).as("in vgcreate").isEqualTo("LVM2_member");

        // Before pvremove, before vgcreate, before the thin pool is made.
        for (int commands : List.of(0, 1, 1)) {
            killed.live();
            killed.dieAfter(commands);
            assertDies(() -> bed.open(poolId, LvmBed.own(), killed));
        }
        killed.live();
        killed.dieIn("lvcreate", _ -> beginThinPool());
        assertDies(() -> bed.open(poolId, LvmBed.own(), killed));
        killed.live();
        killed.dieAfter(2);
        assertDies(() -> bed.open(poolId, LvmBed.own(), killed));

        for (int commands = 0; commands < 4; commands++) {
            killed.live();
            LvmPool pool = bed.open(poolId, LvmBed.own(), killed);
            assertThat(bed.shape(poolId)).hasSize(1);
            killed.dieAfter(commands);
            assertDies(pool::release);
        }
        assertThat(disk.signatures()).as("before pvremove").isEqualTo("LVM2_member");
        killed.live();
        bed.open(poolId, LvmBed.own(), killed).release();
        assertThat(bed.folder(poolId).resolve("making-group")).doesNotExist();
    }

    /** What lvcreate has made when it is killed before the thin pool. */
    private void beginThinPool() {
        bed.lvm(
                poolId,
                "lvcreate",
                "--yes",
                "-L",
                "4M",
                "--addtag",
                "limiquantix.made",
                "-n",
                LvmBed.THIN_POOL,
                LvmBed.group(poolId));
    }

    /** At vgchange, lvremove, vgremove, and pvremove, which is the third where the thin pool is gone. */
    @Test
    void givesADiskBackHoweverOftenThatFails() {
        LvmBed.Life life = bed.start(poolId);
        for (int commands : List.of(0, 1, 2, 2)) {
            life.tool().failAfter(commands);
            var failure = catchThrowableOfType(
                    StorageException.class, () -> life.pool().release());
            assertThat(failure).as("after %d commands", commands).hasMessageContaining("failed for the test");
        }
        life.pool().release();
    }

    @Test
    void leavesALabelAloneThatItDidNotWrite() {
        bed.run("pvcreate", disk.device().toString());
        refusesData(poolId);
        DyingTool killed = LvmBed.tool();
        bed.run("pvremove", disk.device().toString());
        killed.dieIn("vgcreate", _ -> bed.run("pvcreate", disk.device().toString()));
        assertDies(() -> bed.open(poolId, LvmBed.own(), killed));
        refusesData(UUID.randomUUID());
        disk.callItself("another one");
        refusesData(poolId);
        bed.run("pvremove", disk.device().toString());
    }

    private void refusesData(UUID pool) {
        var refusal = catchThrowableOfType(StorageException.class, () -> bed.open(pool, LvmBed.own(), LvmBed.tool()));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refusal).hasMessageContaining("LVM2_member");
        assertThat(disk.signatures()).isEqualTo("LVM2_member");
    }

    /** The driver never removes another pool's group, and says how a person does. */
    @Test
    void saysHowToFreeADiskWhoseTrialWasKilled() {
        bed.start(UUID.randomUUID());
        var refusal = catchThrowableOfType(StorageException.class, () -> bed.start(poolId));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(disk.signatures()).isEqualTo("LVM2_member");
        doAsTold(refusal);
        assertThat(disk.signatures()).isEmpty();
        bed.start(poolId).pool().release();
    }

    @Test
    void saysHowToTakeAMarkFromAGroupWhoseTrialWasKilled() {
        bed.run("vgcreate", "theirs", disk.device().toString());
        bed.run("lvcreate", "--yes", "-L", "4M", "-n", "precious", "theirs");
        LvmBed.fill(Path.of("/dev/theirs/precious"), 5);
        var choice = new GroupChoice(Optional.of("theirs"), LvmBed.THIN_POOL);
        bed.open(UUID.randomUUID(), choice, LvmBed.tool());
        var refusal = catchThrowableOfType(StorageException.class, () -> bed.open(poolId, choice, LvmBed.tool()));
        assertThat(refusal.reason()).isEqualTo(Reason.CONFLICT);
        doAsTold(refusal);
        LvmPool pool = bed.open(poolId, choice, LvmBed.tool());
        LvmBed.assertHolds(Path.of("/dev/theirs/precious"), 5);
        pool.release();
        bed.run("vgremove", "--yes", "theirs");
        bed.run("pvremove", disk.device().toString());
    }

    private void doAsTold(StorageException refusal) {
        List<String> commands = COMMAND.matcher(refusal.getMessage())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(commands).as(refusal.getMessage()).isNotEmpty();
        commands.forEach(command -> bed.run("sh", "-c", command));
    }

    private static void assertDies(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOf(DyingTool.Death.class);
    }
}
