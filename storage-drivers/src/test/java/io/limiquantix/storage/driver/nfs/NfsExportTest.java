package io.limiquantix.storage.driver.nfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be mounted, and how. */
class NfsExportTest {
    @Test
    void mountsHardAndWithoutWhatWouldActOnTheHost() {
        assertThat(export(Map.of()))
                .isEqualTo(
                        new NfsExport("nas.example:/srv/vms", "hard,nosuid,nodev,noexec,retry=0,lookupcache=positive"));
    }

    @Test
    void takesAVersionAndOptions() {
        assertThat(export(Map.of("version", "4.1", "options", "nconnect=4,rsize=1048576"))
                        .options())
                .endsWith(",vers=4.1,nconnect=4,rsize=1048576");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7,10.0.0.7:/srv/vms", "fd00::7,[fd00::7]:/srv/vms", "fe80::1%eth0,[fe80::1%eth0]:/srv/vms"})
    void takesAddresses(String server, String source) {
        assertThat(export(Map.of("server", server)).source()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o", "nas example", "nas;reboot", "nas/..", "user@nas", "nas..example", "nas,ro", "$(id)"})
    void refusesServersThatAreNone(String server) {
        refuses("settings.server", Map.of("server", server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"srv", "/srv/../etc", "/..", "//srv", "relative/path"})
    void refusesExportsThatAreNone(String path) {
        refuses("settings.export", Map.of("export", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"suid", "exec", "rw,,hard", "vers=3;x", "rsize=1 o", "context=a", "hard,", "retry=9"})
    void refusesOptionsThatAreNotForAPool(String options) {
        refuses("settings.options", Map.of("options", options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "5", "4.3", "vers=4"})
    void refusesVersionsThatAreNone(String version) {
        refuses("settings.version", Map.of("version", version));
    }

    @Test
    void refusesControlCharactersAndUnknownAndMissingSettings() {
        refuses("settings.server", Map.of("server", "nas\nreboot"));
        refuses("settings.path", Map.of("path", "/srv"));
        refuses("settings.export", Map.of("export", " "));
    }

    private static void refuses(String field, Map<String, String> changes) {
        assertThatThrownBy(() -> export(changes)).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.INVALID);
            assertThat(e.details()).containsEntry("field", field);
        });
    }

    private static NfsExport export(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(Map.of("server", "nas.example", "export", "/srv/vms"));
        settings.putAll(changes);
        return NfsExport.of(PoolSettings.of(new NfsDriver(), settings));
    }
}
