package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.storage.StorageApi.ChangePool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoolAmendmentTest {
    private static final PoolAmendment BEFORE = new PoolAmendment(
            Map.of("place", "here", "servers", "a,b", "options", "fast"), Map.of("key", new Secret("old")));

    private static PoolAmendment with(
            Map<String, String> settings,
            List<String> removed,
            Map<String, Secret> secrets,
            List<String> removedSecrets) {
        var change = new ChangePool(UUID.randomUUID(), null, null, settings, removed, secrets, removedSecrets);
        return BEFORE.with(change, FakeViews.remoteDriver());
    }

    @Test
    void whatIsNotNamedStays() {
        PoolAmendment after = with(Map.of("servers", "c"), List.of("options"), Map.of(), List.of());
        assertThat(after.settings()).containsOnly(Map.entry("place", "here"), Map.entry("servers", "c"));
        assertThat(after.secrets()).isEqualTo(BEFORE.secrets());
        assertThat(with(Map.of(), List.of(), Map.of("key", new Secret("new")), List.of())
                        .secrets())
                .containsEntry("key", new Secret("new"));
    }

    @Test
    void sayingAgainWhatIsSoIsNoChange() {
        assertThat(with(
                        Map.of("place", "here", "servers", "a,b"),
                        List.of(),
                        Map.of("key", new Secret("old")),
                        List.of()))
                .isEqualTo(BEFORE);
    }

    @Test
    void whereTheDataIsCannotChange() {
        assertThatThrownBy(() -> with(Map.of("place", "there"), List.of(), Map.of(), List.of()))
                .hasMessageContaining("The setting place of a pool cannot be changed. It says where the data is.");
        assertRefused(
                FailureCode.INVALID, "settings.place", () -> with(Map.of(), List.of("place"), Map.of(), List.of()));
    }

    @Test
    void whatThePoolNeedsCannotBeTakenAway() {
        assertRefused(
                FailureCode.INVALID, "settings.servers", () -> with(Map.of(), List.of("servers"), Map.of(), List.of()));
        assertRefused(FailureCode.INVALID, "secrets.key", () -> with(Map.of(), List.of(), Map.of(), List.of("key")));
    }

    @Test
    void aSecretAmongTheSettingsWouldBeShown() {
        assertRefused(
                FailureCode.INVALID, "settings.key", () -> with(Map.of("key", "x"), List.of(), Map.of(), List.of()));
        assertRefused(
                FailureCode.INVALID,
                "secrets.servers",
                () -> with(Map.of(), List.of(), Map.of("servers", new Secret("x")), List.of()));
        assertRefused(
                FailureCode.INVALID,
                "settings.nothing",
                () -> with(Map.of("nothing", "x"), List.of(), Map.of(), List.of()));
    }
}
