package io.limiquantix.storage.driver.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.lvm.GroupChoice;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may fill in for an iSCSI pool, and what is refused with the field's name. */
class IscsiTargetTest {
    private static PoolSettings settings(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("portals", "10.0.0.1", "target", "iqn.2026-01.com.example:disks"));
        settings.putAll(more);
        return PoolSettings.of(new IscsiDriver(), settings);
    }

    private static void refuses(String field, Map<String, String> more) {
        var refusal = catchThrowableOfType(StorageException.class, () -> {
            PoolSettings given = settings(more);
            IscsiTarget.of(given);
            GroupChoice.of(given);
        });
        assertThat(refusal).as("%s", more).isNotNull();
        assertThat(refusal.reason()).isEqualTo(StorageException.Reason.INVALID);
        assertThat(refusal.details()).containsEntry("field", "settings." + field);
    }

    @Test
    void readsPortalsWithAndWithoutPortsOnce() {
        var target = IscsiTarget.of(settings(Map.of("portals", "san1, 10.0.0.1:3261,[2001:db8::1]:860,san1:3260")));
        assertThat(target.portals())
                .extracting(Portal::text)
                .containsExactly("san1:3260", "10.0.0.1:3261", "[2001:db8::1]:860");
        assertThat(target.lun()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,,b",
                "a:0",
                "a:65536",
                "2001:db8::1",
                "[san]:1",
                "-a",
                "a b",
                "a;b",
                "a/b",
                "../a",
                "$(id)",
                "a@b"
            })
    void refusesWhatIsNoPortal(String portals) {
        refuses("portals", Map.of("portals", portals));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iqn.2026-01.com.example:disks",
                "iqn.2026-01.com.example",
                "iqn.1992-04.com.emc:cx.apm00123456789.a0",
                "eui.02004567A425678D",
                "naa.52004567BA64678D"
            })
    void takesTheNamesOfTargets(String name) {
        assertThat(IscsiTarget.of(settings(Map.of("target", name))).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disks",
                "iqn.2026.com.example",
                "iqn.2026-01.com.example:a/b",
                "iqn.2026-01.com.example:../../etc",
                "iqn.2026-01.com.example/..",
                "iqn.2026-01.com.example:a b",
                "iqn.2026-01.com.example:a;reboot",
                "iqn.2026-01.com.example:$(id)",
                "eui.123",
                "--logoutall=all"
            })
    void refusesWhatIsNoTarget(String name) {
        refuses("target", Map.of("target", name));
        refuses("target", Map.of("target", "iqn.2026-01.com.example:" + "a".repeat(223)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "16384", "99999", "1.5", "one", "0x1"})
    void refusesWhatIsNoLun(String lun) {
        refuses("lun", Map.of("lun", lun));
    }

    @ParameterizedTest
    @CsvSource({"chapUser,chapPassword", "chapPassword,chapUser", "mutualUser,mutualPassword"})
    void wantsBothOfAPair(String given, String missing) {
        refuses(missing, Map.of(given, "something"));
    }

    @Test
    void wantsTheHostToProveItselfBeforeTheTarget() {
        refuses("chapUser", Map.of("mutualUser", "target", "mutualPassword", "secret"));
        refuses(
                "mutualPassword",
                Map.of("chapUser", "host", "chapPassword", "same", "mutualUser", "target", "mutualPassword", "same"));
    }

    @Test
    void refusesAPasswordThatOpenIscsiWouldReadOtherwise() {
        refuses("chapPassword", Map.of("chapUser", "host", "chapPassword", "pässword"));
        refuses("chapPassword", Map.of("chapUser", "host", "chapPassword", "x".repeat(256)));
        var kept = IscsiTarget.of(settings(Map.of("chapUser", "host", "chapPassword", "a # b = c")));
        assertThat(kept.chap().orElseThrow().password()).isEqualTo("a # b = c");
        assertThat(kept.toString()).doesNotContain("a # b = c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", ".", "..", "a b", "a/b", "a;b", "limiquantix-1", "a@b"})
    void refusesNamesThatAreNoVolumeGroups(String name) {
        refuses("volumeGroup", Map.of("volumeGroup", name));
    }

    @Test
    void wantsTheGroupOfAThinPoolThatIsNamed() {
        refuses("thinPool", Map.of("thinPool", "data"));
        refuses("volumeGroup", Map.of("volumeGroup", "g".repeat(41)));
    }
}
