package io.limiquantix.runtime.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of an installation and what it seals. */
class SecretBoxIT {
    private final TestControlPlane plane = TestControlPlane.start();
    private final Path folder;

    SecretBoxIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private Database database() {
        return plane.controlPlane().database();
    }

    @Test
    void opensWhatItSealedForTheSameThingAlone() {
        SecretBox box = plane.controlPlane().secrets();
        byte[] sealed = box.seal("geheim \u00fc", "pool 1");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("geheim");
        assertThat(box.open(sealed, "pool 1")).isEqualTo("geheim \u00fc");
        assertThat(box.seal("geheim \u00fc", "pool 1")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> box.open(sealed, "pool 2")).isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> box.open(sealed, "pool 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open(new byte[3], "pool 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAKeyThatIsNotTheInstallations() {
        Path other = folder.resolve("other.key");
        assertThatThrownBy(() -> SecretBox.open(other, database()))
                .hasMessageContaining(other.toString())
                .hasMessageContaining("backup");
    }

    @Test
    void makesAKeyForItsOwnerAloneAndRefusesWhatIsNone() throws IOException {
        Path file = folder.resolve("new.key");
        byte[] key = SecretKeyFile.readOrMake(file).getEncoded();
        assertThat(key).hasSize(32);
        assertThat(SecretKeyFile.readOrMake(file).getEncoded()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining("glob:**/new.key");
        Files.writeString(file, "c2hvcnQ=\n");
        assertThatThrownBy(() -> SecretKeyFile.readOrMake(file)).hasMessageContaining("5 bytes");
        Files.writeString(file, "no base64!");
        assertThatThrownBy(() -> SecretKeyFile.readOrMake(file)).hasMessageContaining("no key in base64");
    }
}
