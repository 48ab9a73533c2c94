package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.runtime.testing.AtOnce;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Images sent in parts to a whole installation, and whatever may end meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagePartsIT {
    private static final int MIB = 1 << 20;
    private static final int BYTES = 64 * MIB;
    private static final int CUTS = 50;
    private static final int AT_ONCE = 20;

    private final Installation installation = Installation.twoProcesses();
    private final ApiClient client = installation.client();
    private final Random random = new Random(42);

    ImagePartsIT() {
        installation.awaitHost(client);
        installation.makePool(client);
    }

    @AfterAll
    void close() {
        installation.close();
    }

    @Test
    void everyByteArrivesThoughClientGatewayAndHostEndAgainAndAgain() throws IOException {
        byte[] bytes = bytes(BYTES);
        String image = draft("cut-off", sha256(bytes));
        PartSender sender = new PartSender(client, image, bytes);
        assertThat(sender.begin().statusCode()).isEqualTo(201);
        Instant deadline = Instant.now().plus(Duration.ofMinutes(15));
        for (int cut = 1; cut <= CUTS; ) {
            assertThat(Instant.now()).as("after %d cuts", cut).isBefore(deadline);
            long offset = offset(sender);
            int count = 1 + random.nextInt((int) Math.min(2 * MIB, (BYTES - offset) / 2));
            // Refused while the host has not noticed yet that its last sender is gone, or has not opened the pool
            // again.
            if (sender.sendAndGoAway(offset, count, () -> atHost(image) >= offset + count / 2, endingWith(cut))) {
                cut++;
            }
            if (!installation.controlPlane().isAlive()) {
                installation.startControlPlane();
            }
            if (!installation.host().isAlive()) {
                installation.startHost();
            }
        }
        assertThat(offset(sender)).as("something of most parts stayed").isGreaterThan(CUTS * MIB / 4);
        finish(sender);
        JsonNode ready = Eventually.get(
                () -> client.get("/images/" + image),
                i -> !i.get("state").asText().matches("DRAFT|CHECKING"));
        assertThat(ready.get("state").asText()).as("%s", ready).isEqualTo("READY");
        assertThat(ready.get("sha256").asText()).isEqualTo(sha256(bytes));
        assertThat(ready.get("fileBytes").asLong()).isEqualTo(BYTES);
        assertThat(sender.look())
                .as("for a client that did not hear of the end")
                .hasValue(BYTES);
        try (var files = Files.walk(installation.poolFolder())) {
            assertThat(files.filter(Files::isRegularFile).map(Path::toString).filter(f -> f.contains(image)))
                    .as("the image and its facts, and no parts")
                    .hasSize(2);
        }
    }

    /** How long the file is in which the host keeps what comes, also what it does not answer for yet. */
    private long atHost(String image) {
        try (var files = Files.walk(installation.poolFolder())) {
            return files.filter(f -> f.getFileName().toString().equals(image + ".kept"))
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // A file went while the folder was read.
            return 0;
        }
    }

    /** Most of the time only the client goes. */
    private Runnable endingWith(int cut) {
        if (cut % 16 == 0) {
            return installation.controlPlane()::kill;
        }
        return cut % 12 == 0 ? installation.host()::kill : () -> {};
    }

    private static long offset(PartSender sender) {
        return Eventually.get(sender::look, OptionalLong::isPresent).orElseThrow();
    }

    /** Whoever was cut off before may be about to be noticed. */
    private static void finish(PartSender sender) {
        Eventually.get(
                () -> {
                    HttpResponse<String> answer = sender.sendFrom(offset(sender));
                    return answer.statusCode() + " " + answer.body();
                },
                answer -> answer.startsWith("204"));
    }

    @Test
    void twentyAtOnceArriveWholeInPartsAndInOnePiece() {
        List<byte[]> files = Stream.generate(() -> bytes(1 + random.nextInt(4 * MIB)))
                .limit(AT_ONCE)
                .toList();
        var outcomes = AtOnce.ask(AT_ONCE, number -> arrived(number, files.get(number)));
        assertThat(AtOnce.failures(outcomes)).isEmpty();
        List<JsonNode> images = AtOnce.results(outcomes);
        assertThat(images)
                .hasSize(AT_ONCE)
                .allSatisfy(image ->
                        assertThat(image.get("state").asText()).as("%s", image).isEqualTo("READY"));
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(images.get(i).get("sha256").asText()).isEqualTo(sha256(files.get(i)));
        }
    }

    /** Every other one comes in parts. */
    private JsonNode arrived(int number, byte[] bytes) {
        String image = draft("at-once-" + number, sha256(bytes));
        PartSender sender = new PartSender(client, image, bytes);
        if (number % 2 == 0) {
            assertThat(sender.begin().statusCode()).isEqualTo(201);
            assertThat(sender.sendFrom(0).statusCode()).isEqualTo(204);
        } else {
            Map<String, String> type = Map.of("Content-Type", "application/octet-stream");
            HttpResponse<String> answer = sender.send("PUT", BodyPublishers.ofByteArray(bytes), type);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
        return Eventually.get(
                () -> client.get("/images/" + image),
                i -> !i.get("state").asText().matches("DRAFT|CHECKING"));
    }

    @Test
    void whatIsNoPartOfTheProtocolIsRefusedAndSaysWhy() {
        byte[] bytes = bytes(MIB);
        String image = draft("protocol", sha256(bytes));
        PartSender sender = new PartSender(client, image, bytes);
        assertThat(sender.sendFrom(0).statusCode()).as("not announced").isEqualTo(404);
        HttpResponse<String> old =
                sender.send("POST", BodyPublishers.noBody(), Map.of("Tus-Resumable", "0.2.2", "Upload-Length", "1"));
        assertThat(old.statusCode()).isEqualTo(412);
        assertThat(old.headers().firstValue("Tus-Version")).contains("1.0.0");
        assertThat(sender.send("POST", BodyPublishers.noBody(), Map.of("Upload-Length", "0"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sender.begin().headers().firstValue("Location").orElseThrow())
                .endsWith("/content");
        HttpResponse<String> wrongPlace = sender.sendFrom(4096);
        assertThat(wrongPlace.statusCode()).as(wrongPlace.body()).isEqualTo(409);
        assertThat(wrongPlace.body()).contains("0 bytes have come");
        var plain = Map.of("Upload-Offset", "0", "Content-Type", "application/octet-stream");
        assertThat(sender.send("PATCH", BodyPublishers.ofByteArray(bytes), plain)
                        .statusCode())
                .isEqualTo(415);
        var more = Map.of("Upload-Offset", "0", "Content-Type", "application/offset+octet-stream");
        assertThat(sender.send("PATCH", BodyPublishers.ofByteArray(bytes(MIB + 1)), more)
                        .statusCode())
                .as("more than was announced")
                .isEqualTo(413);
        assertThat(sender.look()).hasValue(0);
        assertThat(sender.sendAndGoAway(0, 4096, () -> atHost(image) == 4096, () -> {}))
                .isTrue();
        Eventually.get(sender::look, offset -> offset.equals(OptionalLong.of(4096)));
        assertThat(sender.forget().statusCode()).isEqualTo(204);
        assertThat(sender.look()).isEmpty();
        PartSender stranger =
                new PartSender(installation.anonymousClient(), "00000000-0000-7000-8000-000000000000", bytes);
        assertThat(stranger.begin().statusCode()).isEqualTo(401);
        HttpResponse<String> options = stranger.send("OPTIONS", BodyPublishers.noBody(), Map.of());
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Tus-Extension")).contains("creation,termination");
    }

    private String draft(String name, String sha256) {
        JsonNode wish =
                ApiClient.json("{\"name\": \"" + name + "\", \"format\": \"raw\", \"sha256\": \"" + sha256 + "\"}");
        return client.send("POST", "/images", wish).body().get("id").asText();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
