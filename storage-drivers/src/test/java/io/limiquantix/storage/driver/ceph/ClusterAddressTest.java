package io.limiquantix.storage.driver.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.DiskSource.Monitor;
import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {
    /** It has the form of a key; no cluster knows it. */
    private static final String KEY = "AQBwrARrzP8xHhAAgDcS2YPXxKf1nQz4Jb0L7g==";

    private static ClusterAddress with(String name, String value) {
        Map<String, String> settings =
                new HashMap<>(Map.of("monitors", "mon1.example", "pool", "rbd", "user", "limiquantix", "key", KEY));
        settings.put(name, value);
        return ClusterAddress.of(PoolSettings.of(new CephDriver(), settings));
    }

    private static void refuses(String name, String value) {
        var refusal = catchThrowableOfType(StorageException.class, () -> with(name, value));
        assertThat(refusal.reason()).isEqualTo(StorageException.Reason.INVALID);
        assertThat(refusal.details()).containsEntry("field", "settings." + name);
    }

    @Test
    void readsHostsAndAddressesWithAndWithoutPorts() {
        var monitors = with("monitors", "mon1, 10.0.0.1:6789,[2001:db8::1]:6790,[::ffff:10.0.0.2]")
                .monitors();
        assertThat(monitors)
                .containsExactly(
                        new Monitor("mon1", 3300),
                        new Monitor("10.0.0.1", 6789),
                        new Monitor("2001:db8::1", 6790),
                        new Monitor("::ffff:10.0.0.2", 3300));
        assertThat(MonitorList.text(monitors))
                .isEqualTo("mon1:3300,10.0.0.1:6789,[2001:db8::1]:6790,[::ffff:10.0.0.2]:3300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,,b",
                "a,",
                "a:0",
                "a:65536",
                "a:x",
                "2001:db8::1",
                "[mon1]:1",
                "[::1",
                "-a",
                "a b",
                "a;b",
                "a#b",
                "v1:a:1",
                "a/0",
                "[::1%eth0]",
                "a=b"
            })
    void refusesWhatIsNoMonitor(String text) {
        refuses("monitors", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-p", "a/b", "a@b", "a b", "a:b", "../a", ".mgr", "a=b", "a\\b"})
    void refusesNamesThatAToolCouldTakeForSomethingElse(String text) {
        refuses("pool", text);
        refuses("user", text);
    }

    @Test
    void refusesAUserWithItsKind() {
        refuses("user", "client.limiquantix");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "AQ==",
                "AQBwrARrzP8xHhAAgDcS2YPXxKf1nQz4Jb0=",
                "!QBwrARrzP8xHhAAgDcS2YPXxKf1nQz4Jb0L7g=="
            })
    void refusesWhatIsNoKeyWithoutShowingIt(String text) {
        refuses("key", text);
        var refusal = catchThrowableOfType(StorageException.class, () -> with("key", text));
        assertThat(String.valueOf(refusal) + refusal.getCause()).doesNotContain(text);
    }

    @Test
    void showsNoKey() {
        assertThat(with("key", KEY).toString()).doesNotContain(KEY).contains("limiquantix");
    }
}
