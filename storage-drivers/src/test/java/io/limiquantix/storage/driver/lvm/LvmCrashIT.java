package io.limiquantix.storage.driver.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.lvm.CrashWorks.Work;
import io.limiquantix.storage.driver.lvm.LvmBed.Life;
import io.limiquantix.storage.driver.tool.DyingTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed before each command that changes something, in all works at once, as they are different volumes' and so
 * know nothing of each other: each command costs most of a second on an emulated processor. Another process opens the pool.
 */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "is run in the test bed's VM, whose kernel it may spoil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LvmCrashIT {
    private static final long DISK = 512L << 20;

    private final UUID poolId = UUID.randomUUID();
    private final LoopDisk disk;
    private final LvmBed bed;
    private final CrashWorks works;
    private final Map<Work, Integer> steps = new LinkedHashMap<>();
    private Life life;
    private List<String> empty = List.of();
    private List<String> done = List.of();

    LvmCrashIT(@TempDir Path scratch) throws IOException {
        disk = new LoopDisk(scratch.resolve("disk"), DISK);
        bed = new LvmBed(Files.createDirectory(scratch.resolve("host")), disk);
        works = new CrashWorks(bed, poolId, scratch);
        life = bed.start(poolId);
    }

    /** Learns how many steps each work has, and what there is when nobody is killed, or only when all is done. */
    @BeforeAll
    void workUndisturbed() {
        works.prepareWhatAllUse(life.pool());
        empty = bed.shape(poolId);
        for (Work each : works.all()) {
            each.prepare().accept(life.pool());
            int before = life.tool().changes();
            each.work().accept(life.pool());
            steps.put(each, life.tool().changes() - before);
        }
        done = bed.shape(poolId);
        life = bed.start(poolId);
        assertNothingIsHalfDone("all is done");
        works.all().forEach(each -> each.work().accept(life.pool()));
        assertThat(bed.shape(poolId)).isEqualTo(done);
        bed.removeAllBut(poolId, empty);
    }

    @AfterAll
    void giveBack() {
        works.removeWhatAllUse(life.pool());
        life.pool().release();
        assertThat(disk.signatures()).isEmpty();
        disk.close();
    }

    @Test
    void goesOnWhereItIsAskedAgain() {
        afterEachStep((killed, when) -> {
            killed.forEach(each -> each.work().accept(life.pool()));
            assertThat(bed.shape(poolId))
                    .as(when)
                    .isSubsetOf(Stream.concat(done.stream(), empty.stream()).toList());
        });
    }

    @Test
    void leavesNothingWhereItIsDeleted() {
        afterEachStep((killed, when) -> {
            killed.forEach(each -> each.remove().accept(life.pool()));
            assertThat(bed.shape(poolId)).as(when).isEqualTo(empty);
        });
    }

    /** What another process does after the death, and finds. */
    @FunctionalInterface
    private interface Afterwards {
        void act(List<Work> killed, String when);
    }

    private void afterEachStep(Afterwards afterwards) {
        int commands = 1;
        List<Work> killed = withMoreStepsThan(commands);
        while (!killed.isEmpty()) {
            String when = "after " + commands + " commands";
            killed.forEach(each -> each.prepare().accept(life.pool()));
            for (Work each : killed) {
                dieAfter(commands, each.work());
            }
            life = bed.start(poolId);
            assertNothingIsHalfDone(when);
            afterwards.act(killed, when);
            bed.removeAllBut(poolId, empty);
            commands++;
            killed = withMoreStepsThan(commands);
        }
        assertThat(commands).as("a volume is brought back in four steps").isEqualTo(4);
    }

    private List<Work> withMoreStepsThan(int commands) {
        List<Work> more = new ArrayList<>();
        steps.forEach((work, count) -> {
            if (count > commands) {
                more.add(work);
            }
        });
        return more;
    }

    private void dieAfter(int commands, Consumer<LvmPool> work) {
        life.tool().dieAfter(commands);
        try {
            work.accept(life.pool());
            throw new AssertionError("it has less than " + commands + " steps");
        } catch (DyingTool.Death _) {
            life.tool().live();
        }
    }

    private void assertNothingIsHalfDone(String when) {
        assertThat(bed.shape(poolId))
                .as(when)
                .noneMatch(line -> line.matches(".*-(making|ready|removed)-.*|.*-snapshot-\\S+ active .*"));
    }
}
