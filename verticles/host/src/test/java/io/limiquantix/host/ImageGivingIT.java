package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ImageFile;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.TinyGuest;
import io.limiquantix.runtime.id.Uuid7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image's file goes from one host to another, or from one pool of a host to another of the same, bit by bit. */
class ImageGivingIT {
    private final TestHost source;
    private final TestHost target;
    private final UUID image;

    ImageGivingIT(@TempDir Path one, @TempDir Path two) {
        this.source = TestHost.start(one, "importFolders: [" + TinyGuest.image().getParent() + "]");
        this.target = TestHost.start(two);
        this.image = source.tinyImage();
        // Each is alone on its bus; this is all that passes between the two.
        target.platform()
                .bus()
                .serve(
                        HostTransferApi.OPEN_DOWNLOAD,
                        source.hostId(),
                        (request, caller) -> source.ask(HostTransferApi.OPEN_DOWNLOAD, request));
    }

    @AfterEach
    void stop() {
        target.close();
        source.close();
    }

    private ImageFile give() {
        return source.ask(
                HostTransferApi.EXPORT_IMAGE,
                new HostTransferApi.ExportImage(Uuid7.next(), source.poolId(), image, null));
    }

    private void take(TestHost host, UUID pool, ImageFile file) {
        host.ask(
                HostTransferApi.FETCH_FILE,
                new HostTransferApi.FetchFile(
                        pool, image, source.hostId(), file.exportId(), file.bytes(), file.sha256()));
        host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(pool, image, file.format(), file.sha256()));
    }

    private static Path onlyImage(Path pool) throws IOException {
        try (Stream<Path> files = Files.list(pool.resolve("images"))) {
            return files.filter(file -> file.toString().endsWith(".qcow2"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anotherHostGetsTheVeryFileAndTheFirstOneWritesNothing() throws IOException {
        ImageFile file = give();
        assertThat(file.original()).isTrue();
        Path given =
                source.folder().resolve("host/exports").resolve(file.exportId().toString());
        assertThat(given).isSymbolicLink();
        take(target, target.poolId(), file);
        assertThat(onlyImage(target.pool())).hasSameBinaryContentAs(TinyGuest.image());
        source.ask(HostTransferApi.DELETE_EXPORT, new HostTransferApi.Export(file.exportId()));
        assertThat(given).doesNotExist();
        assertThat(onlyImage(source.pool())).hasSameBinaryContentAs(TinyGuest.image());
    }

    @Test
    void anotherPoolOfTheSameHostGetsIt() throws IOException {
        UUID pool = Uuid7.next();
        source.openPool(pool, source.folder().resolve("more"));
        take(source, pool, give());
        assertThat(onlyImage(source.folder().resolve("more"))).hasSameBinaryContentAs(TinyGuest.image());
    }

    @Test
    void anImageThatIsDeletedMeanwhileIsNotWaitedFor() {
        ImageFile file = give();
        source.ask(HostStorageApi.DELETE_IMAGE, new HostStorageApi.ImageName(source.poolId(), image));
        FailureException refusal =
                catchThrowableOfType(FailureException.class, () -> take(target, target.poolId(), file));
        assertThat(refusal.code()).isEqualTo(FailureCode.NOT_FOUND);
        source.ask(HostTransferApi.DELETE_EXPORT, new HostTransferApi.Export(file.exportId()));
    }
}
