package io.limiquantix.storage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every driver does with volumes. */
public abstract class VolumeContract extends PoolBench {
    protected VolumeContract(Path scratch) {
        super(scratch);
    }

    @Test
    void makesAnEmptyVolumeOfTheSizeAsked() {
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            UUID id = UUID.randomUUID();
            Volume volume = pool.volumes().create(VolumeRequest.empty(id, format, 8 * MIB));
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            assertThat(volume.format()).isEqualTo(format);
            assertThat(pool.volumes().find(id)).contains(volume);
            assertThat(firstBytes(volume)).containsOnly(0);
        }
        assertThat(pool.volumes().list()).hasSameSizeAs(pool.capabilities().volumeFormats());
    }

    @Test
    void answersTheSameVolumeWhenAskedTwice() {
        var request = VolumeRequest.empty(UUID.randomUUID(), anyFormat(), 8 * MIB);
        assertThat(pool.volumes().create(request)).isEqualTo(pool.volumes().create(request));
        var other = VolumeRequest.empty(request.id(), anyFormat(), 16 * MIB);
        refuses(Reason.CONFLICT, () -> pool.volumes().create(other));
    }

    @Test
    void makesOneVolumeWhenAskedByManyAtOnce() throws Exception {
        Image image = image(new byte[(int) MIB]);
        var request = VolumeRequest.of(UUID.randomUUID(), anyFormat(), 8 * MIB, new VolumeOrigin.OfImage(image.id()));
        Callable<Volume> create = () -> pool.volumes().create(request);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var made : threads.invokeAll(List.of(create, create, create, create))) {
                assertThat(made.get().path())
                        .isEqualTo(
                                pool.volumes().find(request.id()).orElseThrow().path());
            }
        }
        assertThat(pool.volumes().list()).hasSize(1);
    }

    @Test
    void growsAVolumeAndNeverShrinksIt() {
        UUID id = UUID.randomUUID();
        pool.volumes().create(VolumeRequest.empty(id, anyFormat(), 8 * MIB));
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        assertThat(pool.volumes().grow(id, 32 * MIB).sizeBytes()).isEqualTo(32 * MIB);
        refuses(Reason.INVALID, () -> pool.volumes().grow(id, 8 * MIB));
        refuses(Reason.NOT_FOUND, () -> pool.volumes().grow(UUID.randomUUID(), 8 * MIB));
    }

    @Test
    void roundsASizeUpToItsUnitAndKnowsItAgain() {
        long odd = 8 * MIB + 1;
        long rounded = pool.capabilities().roundedUp(odd);
        var request = VolumeRequest.empty(UUID.randomUUID(), anyFormat(), odd);
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(rounded);
        assertThat(pool.volumes().create(request).sizeBytes()).isEqualTo(rounded);
        assertThat(pool.volumes().grow(request.id(), odd).sizeBytes()).isEqualTo(rounded);
        long larger = 16 * MIB + 1;
        assertThat(pool.volumes().grow(request.id(), larger).sizeBytes())
                .isEqualTo(pool.capabilities().roundedUp(larger))
                .isEqualTo(pool.volumes().grow(request.id(), larger).sizeBytes());
    }

    @Test
    void deletesAVolumeAsOftenAsAsked() {
        UUID id = UUID.randomUUID();
        pool.volumes().create(VolumeRequest.empty(id, anyFormat(), 8 * MIB));
        pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        pool.volumes().delete(id, SnapshotsOfIt.KEEP);
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void refusesSizesThatCannotBe() {
        refuses(Reason.INVALID, () -> volume(0, null));
        refuses(Reason.INVALID, () -> volume(-1, null));
        refuses(Reason.INVALID, () -> volume(Long.MIN_VALUE, null));
        refuses(Reason.INVALID, () -> volume(Long.MAX_VALUE, null));
        Volume volume = volume(MIB, null);
        refuses(Reason.INVALID, () -> pool.volumes().grow(volume.id(), Long.MAX_VALUE));
        refuses(Reason.INVALID, () -> pool.volumes().grow(volume.id(), -1));
    }

    @Test
    void beginsAVolumeWithTheImagesBytes() {
        byte[] bytes = new byte[(int) MIB];
        bytes[0] = 42;
        Image image = image(bytes);
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            var request = VolumeRequest.of(UUID.randomUUID(), format, 8 * MIB, new VolumeOrigin.OfImage(image.id()));
            Volume volume = pool.volumes().create(request);
            assertThat(volume.sizeBytes()).isEqualTo(8 * MIB);
            assertThat(firstBytes(volume)[0]).isEqualTo((byte) 42);
        }
    }

    @Test
    void refusesAVolumeSmallerThanItsImageOrOfNoImage() {
        Image image = image(new byte[(int) MIB]);
        refuses(Reason.INVALID, () -> volume(MIB / 2, image.id()));
        refuses(Reason.NOT_FOUND, () -> volume(MIB, UUID.randomUUID()));
        assertThat(pool.volumes().list()).isEmpty();
    }

    @Test
    void makesAVolumeIndependentOfItsImage() {
        byte[] bytes = new byte[(int) MIB];
        bytes[0] = 42;
        Image image = image(bytes);
        Volume later = volume(8 * MIB, image.id());
        var request = VolumeRequest.of(UUID.randomUUID(), anyFormat(), 8 * MIB, new VolumeOrigin.OfImage(image.id()));
        Volume atOnce = pool.volumes().create(request.asIndependent());
        pool.volumes().makeIndependent(later.id());
        pool.volumes().makeIndependent(later.id());
        pool.images().delete(image.id());
        assertThat(firstBytes(later)[0]).isEqualTo((byte) 42);
        assertThat(firstBytes(atOnce)[0]).isEqualTo((byte) 42);
        refuses(Reason.NOT_FOUND, () -> pool.volumes().makeIndependent(UUID.randomUUID()));
    }

    @Test
    void takesAllOfTheSpaceAtOnceWhenAsked() {
        for (VolumeFormat format : pool.capabilities().volumeFormats()) {
            var request =
                    VolumeRequest.empty(UUID.randomUUID(), format, 8 * MIB).preallocated(Preallocation.FULL);
            Volume full = pool.volumes().create(request);
            assertThat(full.allocatedBytes()).isGreaterThanOrEqualTo(8 * MIB);
            assertThat(firstBytes(full)).containsOnly(0);
        }
    }
}
