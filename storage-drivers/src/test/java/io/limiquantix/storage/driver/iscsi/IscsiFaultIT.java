package io.limiquantix.storage.driver.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Faults with an operation under way, and targets that several pools share. */
@EnabledIfEnvironmentVariable(
        named = "TESTBED_ISCSI_TARGET",
        matches = "iqn.+",
        disabledReason = "needs a machine with iSCSI targets")
class IscsiFaultIT {
    private static final int MIB = 1 << 20;
    private static final long EXTENT = 4L * MIB;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofMinutes(2);

    private final IscsiBed bed = new IscsiBed();
    private final IscsiDriver driver = new IscsiDriver();
    private final UUID poolId = UUID.randomUUID();
    private final StorageSurroundings host;

    IscsiFaultIT(@TempDir Path scratch) {
        host = new StorageSurroundings(new ProcessTool(), ImageLimits.upTo(1L << 40), scratch);
    }

    @Test
    void twoPoolsShareTheSessionOfATarget() throws IOException {
        try (SecondLun _ = SecondLun.of(IscsiBed.environment("TARGET_MUTUAL"))) {
            Map<String, String> second = bed.mutual();
            second.put("lun", "1");
            StoragePool one = driver.open(poolId, bed.mutual(), host);
            // Drivers know nothing of each other, as ServiceLoader makes one for whoever asks.
            StoragePool other = new IscsiDriver().open(UUID.randomUUID(), second, host);
            one.release();
            assertThat(IscsiBed.isLoggedIn("TARGET_MUTUAL")).isTrue();
            UUID volume = UUID.randomUUID();
            assertThat(other.volumes()
                            .create(VolumeRequest.empty(volume, VolumeFormat.RAW, EXTENT))
                            .sizeBytes())
                    .isEqualTo(EXTENT);
            other.volumes().delete(volume, SnapshotsOfIt.KEEP);
            other.release();
            assertThat(IscsiBed.isLoggedIn("TARGET_MUTUAL"))
                    .as("the last one logs out, though the first one had logged in")
                    .isFalse();
        }
    }

    @Test
    void endsACopyThatWasCutInTheMiddleWhenTheTargetIsBack() throws Exception {
        StoragePool pool = driver.open(poolId, bed.settings("TARGET"), host);
        UUID image = UUID.randomUUID();
        byte[] bytes = new byte[64 * MIB];
        new Random(1).nextBytes(bytes);
        arrive(pool, image, bytes);
        Path group = Path.of("/dev", "limiquantix-" + poolId.toString().replace("-", ""));
        CompletableFuture<StorageException> under = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                StorageException.class, () -> pool.images().admit(image, ImageFormat.RAW, ExpectedSums.NONE)));
        await(() -> Files.exists(group.resolve("limiquantix-making-image-" + image)));
        bed.cut();
        try {
            assertThat(under.get().reason()).isEqualTo(Reason.TIMEOUT);
        } finally {
            bed.restore();
        }
        await(() -> isHealthy(pool));
        pool.images().admit(image, ImageFormat.RAW, ExpectedSums.NONE);
        try (var in = Files.newInputStream(group.resolve("limiquantix-image-" + image))) {
            assertThat(Arrays.equals(in.readNBytes(bytes.length), bytes)).isTrue();
        }
        assertThat(pool.images().list()).hasSize(1);
        pool.images().delete(image);
        pool.release();
        assertThat(IscsiBed.isLoggedIn("TARGET")).isFalse();
    }

    private static void arrive(StoragePool pool, UUID image, byte[] bytes) {
        try (ImageArrival arrival = pool.images().receive(image)) {
            arrival.write(ByteBuffer.wrap(bytes));
            arrival.complete();
        }
    }

    private static boolean isHealthy(StoragePool pool) {
        try {
            return pool.capacity().totalBytes() > 0;
        } catch (StorageException _) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(SOON);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
