package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real Debian from the image library, set up by cloud-init and logged in to over SSH with the password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianGuestIT {
    private static final String PASSWORD = "canary Passw0rd ü$x";
    private static final Duration BOOT = Duration.ofMinutes(6);

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    @Test
    void somebodyCanLogInWithThePasswordThatTheyTyped() {
        String imageId = installation.prepare(client, GuestImages.debian());
        JsonNode request = ApiClient.json("""
                {"name": "debian-guest", "vcpus": 1, "memoryBytes": 1073741824,
                 "disks": [{"imageId": "%s", "sizeBytes": 6442450944}],
                 "cloudInit": {"user": "ada", "password": "%s", "sshPasswordLogin": true}}
                """.formatted(imageId, PASSWORD));
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
        String address = Eventually.get(BOOT, this::address, a -> !a.isEmpty());
        String answer = Eventually.get(BOOT, () -> ssh(address), a -> a.contains("uid="));
        assertThat(answer).contains("ada").contains("debian-guest");
        assertThat(rootBytes(answer)).as("the disk's size is the guest's").isGreaterThan(5L << 30);
        assertThat(whereThePasswordIs())
                .as("places that hold the plain password")
                .isEmpty();
        client.succeed("DELETE", "/vms/" + vmId + "?force=true", ApiClient.json("{}"));
        assertThat(Libvirt.isDefined(vmId)).isFalse();
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder())).isEmpty();
    }

    private String address() {
        for (JsonNode address : client.get("/vms/" + vmId).path("guest").path("addresses")) {
            if (!address.get("ip").asText().contains(":")) {
                return address.get("ip").asText();
            }
        }
        return "";
    }

    private static String ssh(String address) {
        try {
            ProcessBuilder command = new ProcessBuilder(
                            "sshpass",
                            "-e",
                            "ssh",
                            "-o",
                            "StrictHostKeyChecking=no",
                            "-o",
                            "UserKnownHostsFile=/dev/null",
                            "-o",
                            "PreferredAuthentications=password",
                            "-o",
                            "ConnectTimeout=10",
                            "ada@" + address,
                            "id; hostname; df -B1 --output=size /")
                    .redirectErrorStream(true);
            command.environment().put("SSHPASS", PASSWORD);
            return new String(command.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long rootBytes(String answer) {
        return answer.lines()
                .filter(line -> line.matches("\\s*\\d{7,}\\s*"))
                .mapToLong(line -> Long.parseLong(line.strip()))
                .max()
                .orElse(0);
    }

    /** Every file of the installation: configuration, logs, the seed, the database's files, the images' bytes aside. */
    private List<Path> whereThePasswordIs() {
        byte[] canary = PASSWORD.substring(0, 15).getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(installation.folder())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/images/")
                            && !file.toString().contains("/volumes/"))
                    .filter(file -> contains(file, canary))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, byte[] canary) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(canary, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
