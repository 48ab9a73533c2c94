package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Both consoles of a real guest through the WebSocket, and whoever should not get one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {
    private static final int RFB_VERSION_BYTES = 12;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("console", imageId);
        request.put("waitForAgent", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    /** The handshake of RFC 6143, 7.1 to 7.3, without security, and one whole picture in raw encoding. */
    @Test
    void vncShowsThePicture() {
        try (ConsoleSocket console = ConsoleSocket.open(client, vmId, "VNC")) {
            assertThat(new String(console.await(0, RFB_VERSION_BYTES), StandardCharsets.US_ASCII))
                    .isEqualTo("RFB 003.008\n");
            console.send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
            byte[] security = console.await(RFB_VERSION_BYTES, 2);
            assertThat(security[1]).as("security type: none").isEqualTo((byte) 1);
            console.send(new byte[] {1});
            int serverInit = RFB_VERSION_BYTES + 2 + 4;
            console.await(RFB_VERSION_BYTES + 2, 4);
            console.send(new byte[] {1});
            ByteBuffer init = ByteBuffer.wrap(console.await(serverInit, 24));
            int width = init.getShort(0);
            int height = init.getShort(2);
            int nameLength = init.getInt(20);
            assertThat(width).isPositive();
            assertThat(height).isPositive();
            int picture = serverInit + 24 + nameLength;
            console.send(new byte[] {2, 0, 0, 1, 0, 0, 0, 0});
            console.send(ByteBuffer.allocate(10)
                    .put((byte) 3)
                    .put((byte) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) width)
                    .putShort((short) height)
                    .array());
            byte[] update = console.await(picture, 4 + 12);
            assertThat(update[0]).as("framebuffer update").isZero();
            assertThat(ByteBuffer.wrap(update).getShort(2)).isPositive();
        }
    }

    @Test
    void thePictureIsAFileThatBrowsersShow() throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(client.bytes("/vms/" + vmId + "/picture")));
        assertThat(picture.getWidth()).isEqualTo(320);
        assertThat(client.send("GET", "/vms/" + vmId + "/picture?size=481").status())
                .isEqualTo(400);
    }

    @Test
    void serialEchoesWhatIsTyped() {
        try (ConsoleSocket first = ConsoleSocket.open(client, vmId, "SERIAL");
                ConsoleSocket second = ConsoleSocket.open(client, vmId, "SERIAL")) {
            first.send("\n".getBytes(StandardCharsets.US_ASCII));
            awaitText(first, "login:");
            first.send("root\n".getBytes(StandardCharsets.US_ASCII));
            awaitText(first, "assword:");
            first.send("tiny\n".getBytes(StandardCharsets.US_ASCII));
            first.send("echo answer-$((6*7))\n".getBytes(StandardCharsets.US_ASCII));
            awaitText(first, "answer-42");
            awaitText(second, "answer-42");
        }
    }

    private static void awaitText(ConsoleSocket console, String text) {
        Eventually.get(() -> new String(console.received(), StandardCharsets.ISO_8859_1), all -> all.contains(text));
    }

    @Test
    void aTicketWorksOnce() {
        JsonNode ticket = ConsoleSocket.ticket(client, vmId, "VNC");
        String origin = "https://" + client.base().getAuthority();
        try (ConsoleSocket console = ConsoleSocket.connect(client, ticket, origin)) {
            console.await(0, RFB_VERSION_BYTES);
            assertThatThrownBy(() -> ConsoleSocket.connect(client, ticket, origin))
                    .isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void aForeignPageGetsNone() {
        JsonNode ticket = ConsoleSocket.ticket(client, vmId, "VNC");
        assertThatThrownBy(() -> ConsoleSocket.connect(client, ticket, "https://evil.example"))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void loggingOutEndsTheConsole() {
        ApiClient other = installation.client();
        try (ConsoleSocket console = ConsoleSocket.open(other, vmId, "VNC")) {
            console.await(0, RFB_VERSION_BYTES);
            assertThat(other.send("DELETE", "/session").status()).isEqualTo(204);
            assertThat(console.awaitClose()).isEqualTo(4401);
        }
    }
}
