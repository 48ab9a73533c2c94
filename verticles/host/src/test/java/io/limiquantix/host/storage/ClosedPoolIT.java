package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that knows a pool which cannot be opened for now. */
class ClosedPoolIT {
    private final UUID closed = UUID.randomUUID();
    private final Path folder;
    private final Path place;

    ClosedPoolIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.place = Files.createFile(folder.resolve("not-a-folder"));
        Path memory = Files.createDirectory(folder.resolve("host")).resolve("pools.json");
        new PoolMemory(memory)
                .write(() -> List.of(
                        new HostStorageApi.OpenPool(closed, "local", Map.of("path", place.toString()), Map.of())));
    }

    @Test
    void isAskedAgainForASeedThatMayLieThere() throws IOException {
        var vm = new DomainApi.Domain(UUID.randomUUID());
        var volume = new HostStorageApi.DeleteVolume(closed, UUID.randomUUID(), true);
        var foreign = new HostStorageApi.DeleteVolume(UUID.randomUUID(), UUID.randomUUID(), true);
        try (TestHost host = TestHost.start(folder)) {
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_SEED, vm));
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_VOLUME, volume));
            refused(FailureCode.NOT_FOUND, () -> host.ask(HostStorageApi.DELETE_VOLUME, foreign));
            host.ask(HostStorageApi.MAKE_SEED, new HostStorageApi.MakeSeed(vm.vmId(), host.poolId(), "", "", ""));
            host.ask(HostStorageApi.DELETE_SEED, vm);
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_SEED, vm));
            Files.delete(place);
            Eventually.holds(() ->
                    host.ask(HostApi.DESCRIBE, Nothing.NOTHING).pools().stream().allMatch(PoolReport::usable));
            host.ask(HostStorageApi.DELETE_SEED, vm);
            host.ask(HostStorageApi.DELETE_VOLUME, volume);
        }
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
