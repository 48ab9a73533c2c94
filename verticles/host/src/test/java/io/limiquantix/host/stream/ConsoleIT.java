package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.ConsoleKind;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamProtocol;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.testing.StreamClient;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.testing.Eventually;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles of a real guest through the stream endpoint. */
class ConsoleIT {
    private static final int VIEWERS = 12;
    private static final int SIZE = 240;
    private static final int GREY = 100;
    private static final Duration SCREEN = Duration.ofSeconds(60);

    private final TestHost host;

    ConsoleIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void speaksRfbUntouched() throws Exception {
        UUID vm = running();
        try (StreamClient viewer = open(vm, ConsoleKind.VNC)) {
            shakeHands(viewer);
            viewer.send(new byte[] {3, 0, 0, 0, 0, 0, 0, 8, 0, 8});
            assertThat(viewer.read(1)[0]).as("a framebuffer update").isZero();
        }
    }

    @Test
    void aPictureShowsWhatIsOnTheScreenAndThereIsNoneOfAMachineThatIsOff() {
        UUID vm = running();
        Eventually.get(SCREEN, () -> picture(vm), image -> image.getWidth() == SIZE && brightest(image) > GREY);
        host.power(DomainApi.FORCE_STOP, vm);
        assertThatThrownBy(() -> picture(vm)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.CONFLICT));
    }

    private BufferedImage picture(UUID vm) {
        DomainApi.Picture picture = host.ask(DomainApi.TAKE_PICTURE, new DomainApi.TakePicture(vm, SIZE));
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.png())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How bright the brightest green is: white on black has some. */
    private static int brightest(BufferedImage image) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) >> 8 & 0xff)
                .max()
                .orElse(0);
    }

    /** RFC 6143 up to ServerInit. */
    private static void shakeHands(StreamClient viewer) throws Exception {
        assertThat(viewer.readText(12)).isEqualTo("RFB 003.008\n");
        viewer.send("RFB 003.008\n");
        int types = viewer.read(1)[0];
        assertThat(viewer.read(types)).contains((byte) 1);
        viewer.send(new byte[] {1});
        assertThat(viewer.read(4)).containsOnly(0);
        viewer.send(new byte[] {1});
        ByteBuffer init = ByteBuffer.wrap(viewer.read(24));
        assertThat(init.getShort(0)).as("width").isGreaterThan((short) 300);
        assertThat(viewer.readText(init.getInt(20))).contains("QEMU");
    }

    @Test
    void showsItselfToManyWhoComeAtTheSameMoment() throws Exception {
        UUID vm = running();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> viewers = Collections.nCopies(VIEWERS, () -> {
                try (StreamClient viewer = open(vm, ConsoleKind.VNC)) {
                    return viewer.readText(12);
                }
            });
            for (Future<String> greeting : threads.invokeAll(viewers)) {
                assertThat(greeting.get()).isEqualTo("RFB 003.008\n");
            }
        }
    }

    @Test
    void endsWhenTheDomainEnds() throws Exception {
        UUID vm = running();
        try (StreamClient vnc = open(vm, ConsoleKind.VNC);
                StreamClient serial = open(vm, ConsoleKind.SERIAL)) {
            vnc.readText(12);
            host.power(DomainApi.FORCE_STOP, vm);
            assertThat(vnc.in().read()).isNegative();
            assertThat(serial.in().readAllBytes()).isNotNull();
        }
    }

    @Test
    void sharesTheSerialPortAndRemembersItsLastLines() throws Exception {
        UUID vm = running();
        try (StreamClient first = open(vm, ConsoleKind.SERIAL)) {
            first.readUntil("login:");
            first.send("root\n");
            first.readUntil("assword");
            first.send("tiny\n");
            first.readUntil("# ");
            try (StreamClient second = open(vm, ConsoleKind.SERIAL)) {
                second.readUntil("login:");
                second.send("echo $((6*7))-by-two\n");
                assertThat(first.readUntil("42-by-two")).contains("echo");
                assertThat(second.readUntil("42-by-two")).contains("echo");
            }
            first.send("echo still-$((40+2))\n");
            first.readUntil("still-42");
        }
    }

    @Test
    void takesEachTicketOnceAndForOnePurpose() throws Exception {
        UUID vm = running();
        StreamTicket ticket = ticket(vm, ConsoleKind.VNC);
        try (StreamClient upload = StreamClient.connect(ticket)) {
            upload.beginUpload(ticket.token().reveal(), 0);
            assertThat(upload.readHead().status()).isEqualTo(403);
        }
        assertThat(consoleStatus(ticket, ticket.token().reveal())).isEqualTo(403);
        StreamTicket fresh = ticket(vm, ConsoleKind.VNC);
        assertThat(consoleStatus(fresh, fresh.token().reveal())).isEqualTo(101);
        assertThat(consoleStatus(fresh, fresh.token().reveal())).isEqualTo(403);
        assertThat(consoleStatus(fresh, "0".repeat(64))).isEqualTo(403);
    }

    @Test
    void refusesTheConsoleOfAMachineThatDoesNotRun() {
        UUID vm = host.tinyVm("off-" + UUID.randomUUID().toString().substring(0, 8));
        assertThatThrownBy(() -> ticket(vm, ConsoleKind.VNC))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
    }

    @Test
    void tellsNobodyElsesScreenWhenTheMachineStoppedAfterTheTicket() throws Exception {
        UUID vm = running();
        StreamTicket ticket = ticket(vm, ConsoleKind.VNC);
        host.power(DomainApi.FORCE_STOP, vm);
        assertThat(consoleStatus(ticket, ticket.token().reveal())).isEqualTo(409);
    }

    @Test
    void servesCallersOfTheSameMachineWithoutTls() throws Exception {
        UUID vm = running();
        StreamTicket ticket = ticket(vm, ConsoleKind.VNC);
        String answer = overLocalSocket(
                ticket.localSocket(),
                "GET " + StreamProtocol.CONSOLE_PATH + " HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: "
                        + StreamProtocol.UPGRADE + "\r\nAuthorization: Bearer "
                        + ticket.token().reveal() + "\r\n\r\n",
                "RFB 003.008\n");
        assertThat(answer).startsWith("HTTP/1.1 101");
    }

    private static String overLocalSocket(@Nullable String socket, String request, String wanted) throws Exception {
        assertThat(socket).isNotNull();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(String.valueOf(socket)));
            channel.write(StandardCharsets.ISO_8859_1.encode(request));
            StringBuilder answer = new StringBuilder();
            ByteBuffer part = ByteBuffer.allocate(1024);
            while (answer.indexOf(wanted) < 0 && channel.read(part.clear()) > 0) {
                answer.append(StandardCharsets.ISO_8859_1.decode(part.flip()));
            }
            return answer.toString();
        }
    }

    private UUID running() {
        UUID vm = host.tinyVm("console-" + UUID.randomUUID().toString().substring(0, 8));
        host.power(DomainApi.START, vm);
        host.awaitState(vm, PowerState.RUNNING);
        return vm;
    }

    private StreamTicket ticket(UUID vm, ConsoleKind kind) {
        return host.ask(DomainApi.OPEN_CONSOLE, new DomainApi.OpenConsole(vm, kind));
    }

    private StreamClient open(UUID vm, ConsoleKind kind) throws Exception {
        StreamTicket ticket = ticket(vm, kind);
        StreamClient client = StreamClient.connect(ticket);
        assertThat(client.openConsole(ticket.token().reveal()).status()).isEqualTo(101);
        return client;
    }

    private static int consoleStatus(StreamTicket ticket, String token) throws Exception {
        try (StreamClient client = StreamClient.connect(ticket)) {
            return client.openConsole(token).status();
        }
    }
}
