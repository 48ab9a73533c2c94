package io.limiquantix.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.host.testing.TestHost;
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
                .write(List.of(
                        new HostStorageApi.OpenPool(closed, "local", Map.of("path", place.toString()), Map.of())));
    }

    @Test
    void isAskedAgainForASeedThatMayLieThere() throws IOException {
        var vm = new DomainApi.Domain(UUID.randomUUID());
        var volume = new HostStorageApi.VolumeName(closed, UUID.randomUUID());
        var foreign = new HostStorageApi.VolumeName(UUID.randomUUID(), UUID.randomUUID());
        try (TestHost host = TestHost.start(folder)) {
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_SEED, vm));
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_VOLUME, volume));
            refused(FailureCode.NOT_FOUND, () -> host.ask(HostStorageApi.DELETE_VOLUME, foreign));
            host.ask(HostStorageApi.MAKE_SEED, new HostStorageApi.MakeSeed(vm.vmId(), host.poolId(), "", "", ""));
            host.ask(HostStorageApi.DELETE_SEED, vm);
            refused(FailureCode.UNAVAILABLE, () -> host.ask(HostStorageApi.DELETE_SEED, vm));
            Files.delete(place);
            assertThat(host.ask(HostApi.DESCRIBE, Nothing.NOTHING).pools()).allMatch(p -> p.usable());
            host.ask(HostStorageApi.DELETE_SEED, vm);
            host.ask(HostStorageApi.DELETE_VOLUME, volume);
        }
    }

    private static void refused(FailureCode code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
