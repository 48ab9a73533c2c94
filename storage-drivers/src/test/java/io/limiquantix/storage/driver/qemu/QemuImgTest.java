package io.limiquantix.storage.driver.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the messages of qemu-img. */
class QemuImgTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Could not resize image: Failed to get \"write\" lock",
                "Failed to get shared \"consistent read\" lock",
                "Is another process using the image [volumes/a.qcow2]?"
            })
    void takesALockForUse(String message) {
        assertThat(reasonOf(message)).isEqualTo(Reason.CONFLICT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Could not resize image: block driver failed", "Failed to read the block status", "clock skew"})
    void takesABlockForNoLock(String message) {
        assertThat(reasonOf(message)).isEqualTo(Reason.FAILED);
    }

    private static Reason reasonOf(String message) {
        var failing = CommandLine.of("sh", "-c", "echo \"qemu-img: $0\" >&2; exit 1", message);
        QemuImg qemuImg = new QemuImg(command -> new ProcessTool().run(failing));
        return catchThrowableOfType(
                        StorageException.class, () -> qemuImg.resize(Path.of("a.qcow2"), VolumeFormat.QCOW2, 1))
                .reason();
    }
}
