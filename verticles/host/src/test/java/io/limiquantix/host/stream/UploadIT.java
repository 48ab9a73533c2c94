package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.testing.StreamClient;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Uploads through the stream endpoint into a real pool. */
class UploadIT {
    private static final int MIB = 1 << 20;

    private final TestHost host;
    private final UUID image = Uuid7.next();

    UploadIT(@TempDir Path folder) {
        this.host = TestHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    void keepsTheBytesAndTheirChecksum() throws Exception {
        byte[] bytes = new byte[24 * MIB + 512];
        new Random(1).nextBytes(bytes);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        StreamTicket ticket = ticket(host.poolId(), bytes.length);
        try (StreamClient client = StreamClient.connect(ticket)) {
            client.beginUpload(ticket.token().reveal(), bytes.length);
            client.send(bytes);
            StreamClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.readText(head.contentLength())).contains(sha256);
        }
        ImageReport report = admit();
        assertThat(report.sha256()).isEqualTo(sha256);
        assertThat(report.virtualSizeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void leavesNothingOfAnUploadThatIsCutOff() throws Exception {
        StreamTicket ticket = ticket(host.poolId(), 64L * MIB);
        try (StreamClient client = StreamClient.connect(ticket)) {
            client.beginUpload(ticket.token().reveal(), 64L * MIB);
            client.send(new byte[8 * MIB]);
            Eventually.holds(() -> !arrived().isEmpty());
        }
        Eventually.holds(() -> arrived().isEmpty());
        assertThatThrownBy(this::admit).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void refusesMoreThanAllowedBeforeAndWhileItComes() throws Exception {
        StreamTicket announced = ticket(host.poolId(), MIB);
        try (StreamClient client = StreamClient.connect(announced)) {
            client.beginUpload(announced.token().reveal(), MIB + 1);
            assertThat(client.readHead().status()).isEqualTo(413);
        }
        StreamTicket chunked = ticket(host.poolId(), MIB);
        try (StreamClient client = StreamClient.connect(chunked)) {
            client.send("PUT /v1/upload HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                    + chunked.token().reveal() + "\r\n\r\n200000\r\n");
            client.send(new byte[2 * MIB]);
            client.send("\r\n0\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(413);
        }
        Eventually.holds(() -> arrived().isEmpty());
    }

    @Test
    @EnabledIf(value = "isRoot", disabledReason = "mounting a small file system needs root")
    void saysThatThePoolIsFull() throws Exception {
        Path small = Files.createDirectory(host.folder().resolve("small"));
        ProcessTool tool = new ProcessTool();
        tool.run(CommandLine.of("mount", "-t", "tmpfs", "-o", "size=4m,mode=0755", "none", small.toString()));
        try {
            UUID pool = Uuid7.next();
            host.openPool(pool, small);
            StreamTicket ticket = ticket(pool, 64L * MIB);
            try (StreamClient client = StreamClient.connect(ticket)) {
                client.beginUpload(ticket.token().reveal(), 16L * MIB);
                client.send(new byte[16 * MIB]);
                StreamClient.Head head = client.readHead();
                assertThat(head.status()).isEqualTo(507);
                assertThat(client.readText(head.contentLength())).contains("NO_CAPACITY", "full");
            }
            assertThat(small.resolve("incoming")).isEmptyDirectory();
            host.ask(HostStorageApi.RELEASE_POOL, new HostStorageApi.PoolName(pool));
        } finally {
            tool.run(CommandLine.of("umount", small.toString()));
        }
    }

    @Test
    void refusesALyingImageAndForgetsIt() throws Exception {
        byte[] qcow2 = new byte[MIB];
        System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3}, 0, qcow2, 0, 8);
        StreamTicket ticket = ticket(host.poolId(), MIB);
        try (StreamClient client = StreamClient.connect(ticket)) {
            client.beginUpload(ticket.token().reveal(), MIB);
            client.send(qcow2);
            assertThat(client.readHead().status()).isEqualTo(200);
        }
        assertThatThrownBy(this::admit).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.INVALID);
            assertThat(e.failure().message()).contains("qcow2");
        });
        assertThat(arrived()).isEmpty();
    }

    private StreamTicket ticket(UUID pool, long maxBytes) {
        return host.ask(HostStorageApi.OPEN_UPLOAD, new HostStorageApi.OpenUpload(pool, image, maxBytes));
    }

    private ImageReport admit() {
        return host.ask(HostStorageApi.ADMIT_IMAGE, new HostStorageApi.AdmitImage(host.poolId(), image, "raw", null));
    }

    private List<Path> arrived() {
        try (Stream<Path> files = Files.list(host.pool().resolve("incoming"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
