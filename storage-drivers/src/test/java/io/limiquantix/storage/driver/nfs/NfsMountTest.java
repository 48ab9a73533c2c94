package io.limiquantix.storage.driver.nfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order one mount takes the place of another. */
class NfsMountTest {
    private static final NfsExport OLD = new NfsExport("server:/vms", "vers=3");
    private static final NfsExport NEW = new NfsExport("server:/vms", "vers=4.2");

    private final List<String> commands = new ArrayList<>();
    private String failing = "none";

    private final Tool tool = command -> {
        commands.add(command.toString());
        return command.toString().startsWith(failing) ? new ProcessTool().run(CommandLine.of("false")) : "";
    };
    private final NfsMount mount = new NfsMount(tool, OLD, Path.of("/nowhere/mount"));
    private final NfsMount other = new NfsMount(tool, NEW, Path.of("/nowhere/mount-aside"));

    @Test
    void theNewOneNeedsNoServerToTakeThePlaceOfTheOldOne() {
        mount.replaceBy(other);
        assertThat(commands)
                .containsExactly("umount -- /nowhere/mount", "mount --bind -- /nowhere/mount-aside /nowhere/mount");
        assertThat(mount.export()).isEqualTo(NEW);
    }

    @Test
    void whereFilesAreOpenTheOldOneStays() {
        failing = "umount";
        assertThatThrownBy(() -> mount.replaceBy(other))
                .hasMessageContaining("are in use on this host")
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
        assertThat(commands).containsExactly("umount -- /nowhere/mount");
        assertThat(mount.export()).isEqualTo(OLD);
    }

    @Test
    void whatCannotTakeThePlaceIsMountedByTheServer() {
        failing = "mount --bind";
        mount.replaceBy(other);
        assertThat(commands.getLast()).isEqualTo("mount -t nfs -o vers=4.2 -- server:/vms /nowhere/mount");
    }
}
