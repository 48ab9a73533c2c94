package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every driver must do; each one runs it against its real storage. */
public abstract class StorageContract extends ImageContract {
    /** @param scratch a folder of the test's own */
    protected StorageContract(Path scratch) {
        super(scratch);
    }

    @Test
    void replacesASeedAndDeletesIt() throws IOException {
        UUID vmId = UUID.randomUUID();
        Path iso = Files.writeString(scratch.resolve("seed"), "one");
        DiskSource seed = pool.seeds().store(vmId, iso);
        assertThat(seedText(seed)).startsWith("one");
        Files.writeString(iso, "two");
        assertThat(pool.seeds().store(vmId, iso)).isEqualTo(seed);
        assertThat(seedText(seed)).startsWith("two");
        assertThat(pool.seeds().find(vmId)).contains(seed);
        refuses(Reason.CONFLICT, pool::release);
        pool.seeds().delete(vmId);
        pool.seeds().delete(vmId);
        assertThat(pool.seeds().find(vmId)).isEmpty();
    }

    @Test
    void findsEverythingAgainWhenOpenedAgain() throws IOException {
        Image image = image(new byte[(int) MIB]);
        Volume volume = volume(MIB, image.id());
        pool.close();
        pool = openPool();
        assertThat(pool.volumes().find(volume.id())).contains(volume);
        assertThat(pool.images().find(image.id())).contains(image);
        assertThat(pool.capacity().totalBytes()).isGreaterThan(pool.capacity().freeBytes());
    }

    @Test
    void isGivenBackOnlyWhenEmpty() throws IOException {
        Volume volume = volume(MIB, null);
        refuses(Reason.CONFLICT, pool::release);
        pool.volumes().delete(volume.id(), SnapshotsOfIt.KEEP);
        pool.release();
        pool = openPool();
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void isNotGivenBackWhileAnImageArrives() throws IOException {
        UUID id = UUID.randomUUID();
        try (ImageArrival arrival = pool.images().receive(id)) {
            arrival.write(ByteBuffer.wrap(new byte[512]));
            refuses(Reason.CONFLICT, pool::release);
            arrival.complete();
        }
        refuses(Reason.CONFLICT, pool::release);
        pool.images().delete(id);
        pool.release();
        pool = openPool();
    }
}
