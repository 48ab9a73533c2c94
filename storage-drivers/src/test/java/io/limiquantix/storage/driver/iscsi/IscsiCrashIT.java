package io.limiquantix.storage.driver.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.DyingTool;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at each step of logging in and out; what LVM does in between has its own test, LvmCrashIT. */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "needs a machine with iSCSI targets")
class IscsiCrashIT {
    private static final Set<String> LOOKS = Set.of("vgs", "lvs", "pvs", "dd", "udevadm", "wipefs");
    private static final String TARGET = "TARGET_MUTUAL";

    private final IscsiBed bed = new IscsiBed();
    private final UUID poolId = UUID.randomUUID();
    private final DyingTool tool = new DyingTool(new ProcessTool(), LOOKS);
    private final Path scratch;

    IscsiCrashIT(@TempDir Path scratch) {
        this.scratch = scratch;
    }

    private StoragePool open(UUID id) {
        tool.live();
        return new IscsiDriver().open(id, bed.mutual(), host());
    }

    private StorageSurroundings host() {
        return new StorageSurroundings(tool, ImageLimits.upTo(1L << 40), scratch);
    }

    /** Each process comes one step further than the one before it. */
    @Test
    void leavesNeitherSessionsNorPasswordsNorMarks() throws IOException {
        // Before the record is made, before the log-in, before the group is made.
        for (int commands = 0; commands < 3; commands++) {
            tool.dieAfter(commands);
            assertDies(() -> new IscsiDriver().open(poolId, bed.mutual(), host()));
            assertThat(IscsiBed.isLoggedIn(TARGET)).isEqualTo(commands == 2);
        }
        // What releases the group is four commands, then come the log-out and the record.
        StoragePool first = open(poolId);
        tool.dieAfter(4);
        assertDies(first::release);
        assertThat(IscsiBed.isLoggedIn(TARGET)).isTrue();
        StoragePool second = open(poolId);
        tool.dieAfter(5);
        assertDies(second::release);
        assertThat(IscsiBed.isLoggedIn(TARGET)).isFalse();
        assertThat(files(Path.of("/etc/iscsi/nodes")))
                .as("the record with the password")
                .isNotEmpty();

        open(poolId).release();
        assertThat(IscsiBed.isLoggedIn(TARGET)).isFalse();
        assertThat(files(Path.of("/etc/iscsi/nodes"))).isEmpty();
        assertThat(files(scratch))
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("lock");
    }

    /** A process that tried a pool was killed with the session; the pool that comes after it ends that, too. */
    @Test
    void endsTheSessionOfAPoolThatWillNotComeBack() throws IOException {
        tool.dieAfter(2);
        UUID lost = UUID.randomUUID();
        assertDies(() -> new IscsiDriver().open(lost, bed.mutual(), host()));
        assertThat(IscsiBed.isLoggedIn(TARGET)).isTrue();
        for (Path file : files(scratch)) {
            if (file.endsWith("pool-" + lost)) {
                Files.writeString(file, "0-0");
            }
        }
        open(poolId).release();
        assertThat(IscsiBed.isLoggedIn(TARGET)).isFalse();
        assertThat(files(Path.of("/etc/iscsi/nodes"))).isEmpty();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertDies(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOf(DyingTool.Death.class);
    }
}
