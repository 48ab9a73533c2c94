package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.ceph.CephDriver;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.iscsi.IscsiDriver;
import io.limiquantix.storage.driver.local.LocalDriver;
import io.limiquantix.storage.driver.nfs.NfsDriver;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no driver takes: refused with the setting's name, before any command runs and without anything left. */
class BadSettingsTest {
    private static final String IQN = "iqn.2026-01.com.example:disks";
    private static final Map<StorageDriver, Map<String, String>> GOOD = Map.of(
            new LocalDriver(), Map.of("path", "/srv/pool"),
            new NfsDriver(), Map.of("server", "nas.example", "export", "/srv/vms"),
            new CephDriver(),
                    Map.of(
                            "monitors", "mon1",
                            "pool", "rbd",
                            "user", "limiquantix",
                            "key", "AQBwrARrzP8xHhAAgDcS2YPXxKf1nQz4Jb0L7g=="),
            new IscsiDriver(),
                    Map.of(
                            "portals", "10.0.0.1",
                            "target", IQN,
                            "chapUser", "host",
                            "chapPassword", "secret-1",
                            "mutualUser", "target",
                            "mutualPassword", "secret-2"));

    private final Path scratch;
    private final List<String> ran = new ArrayList<>();

    BadSettingsTest(@TempDir Path scratch) {
        this.scratch = scratch;
    }

    static Stream<Arguments> everywhere() {
        return GOOD.entrySet().stream().flatMap(each -> each.getValue().keySet().stream()
                .flatMap(setting -> Stream.of("a\nb", "a\0b", "a\rb", "a\u001bb", "a\u0085b")
                        .map(value -> Arguments.of(each.getKey(), setting, value))));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                        rows(
                                new LocalDriver(),
                                "path",
                                "/",
                                "/etc",
                                "/srv/../etc",
                                "/srv/pool/",
                                "/srv//pool",
                                "-rf",
                                "pool"),
                        rows(
                                new NfsDriver(),
                                "server",
                                "nas;reboot",
                                "$(id)",
                                "-o",
                                "nas..example",
                                "`id`",
                                "nas|id",
                                "nas:/"),
                        rows(new NfsDriver(), "export", "/srv/../etc", "-o", "srv", "/..", "//srv"),
                        rows(new CephDriver(), "pool", "a@b", "a/b", "-p", "..", "a;b", "$(id)"),
                        rows(new CephDriver(), "user", "a@b", "a/b", "-n", "..", "a b", "$(id)"),
                        rows(new CephDriver(), "monitors", "a;b", "$(id)", "-m", "a/../b"),
                        rows(
                                new IscsiDriver(),
                                "target",
                                "disks",
                                "iqn.2026-13",
                                IQN + ";id",
                                IQN + "/..",
                                "-T",
                                IQN + "$(id)"),
                        rows(
                                new IscsiDriver(),
                                "portals",
                                "a;b",
                                "$(id)",
                                "-p",
                                "a/..",
                                "10.0.0.1:0",
                                "10.0.0.1:99999"),
                        rows(new IscsiDriver(), "lun", "-1", "9223372036854775807", "0;1"),
                        rows(new IscsiDriver(), "volumeGroup", "-f", "..", "a/b", "a;b", "$(id)"))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> rows(StorageDriver driver, String setting, String... values) {
        return Stream.of(values).map(value -> Arguments.of(driver, setting, value));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource({"everywhere", "values"})
    void refusesAValueThatIsNone(StorageDriver driver, String setting, String value) {
        refuses(driver, setting, value);
    }

    @Test
    void refusesSettingsThatItDoesNotKnowAndMissesThoseThatItNeeds() {
        for (StorageDriver driver : GOOD.keySet()) {
            refuses(driver, "unknown", "value");
            refuses(driver, "--force", "");
            driver.settings().stream()
                    .filter(Setting::required)
                    .forEach(setting -> refuses(driver, setting.name(), " "));
        }
    }

    @Test
    void refusesADirectoryThatIsReachedByALink() throws IOException {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("/etc"));
        refuses(new LocalDriver(), "path", link.toString());
        refuses(new LocalDriver(), "path", link.resolve("pool").toString());
        assertThat(Path.of("/etc/pool")).doesNotExist();
    }

    private void refuses(StorageDriver given, String setting, String value) {
        StorageDriver driver = GOOD.keySet().stream()
                .filter(each -> each.name().equals(given.name()))
                .findFirst()
                .orElseThrow();
        Map<String, String> settings = new HashMap<>(GOOD.getOrDefault(driver, Map.of()));
        settings.put(setting, value);
        Tool tool = command -> {
            ran.add(command.toString());
            return "";
        };
        Path folder = scratch.resolve("host");
        var surroundings = new StorageSurroundings(tool, ImageLimits.upTo(1L << 40), folder);
        var refusal = catchThrowableOfType(
                StorageException.class, () -> driver.open(UUID.randomUUID(), settings, surroundings));
        assertThat(refusal).as("%s %s", driver.name(), setting).isNotNull();
        assertThat(refusal.reason()).isEqualTo(StorageException.Reason.INVALID);
        assertThat(refusal.details()).containsEntry("field", "settings." + setting);
        assertThat(ran).isEmpty();
        assertThat(folder).doesNotExist();
    }
}
