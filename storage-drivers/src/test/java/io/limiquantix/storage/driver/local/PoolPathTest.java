package io.limiquantix.storage.driver.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.StorageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "pool",
                "../pool",
                "/",
                "//",
                "/etc",
                "/etc/limiquantix",
                "/usr/lib/x",
                "/var",
                "/var/lib",
                "/home",
                "/proc/1",
                "/dev/shm",
                "/srv/../etc",
                "/srv/./pool",
                "/srv/pool/",
                "/srv//pool",
                "/srv/po\nol",
                "/srv/po\0ol",
                "/tmp"
            })
    void refuses(String path) {
        assertThatThrownBy(() -> PoolPath.check(path))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.details()).containsEntry("field", "settings.path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/srv/pool", "/var/lib/limiquantix/pools/default", "/home/me/vms", "/srv/pool of $(me); 'x'"})
    void takes(String path) {
        assertThat(PoolPath.check(path)).hasToString(path);
    }
}
