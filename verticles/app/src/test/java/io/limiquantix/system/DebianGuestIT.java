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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real Debian from the image library, set up by cloud-init and logged in to over SSH with the password and with a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianGuestIT {
    private static final String PASSWORD = "canary Passw0rd ü$x";
    private static final String TOKEN = "canary-token-0815";
    private static final String SECOND_ADDRESS = "198.51.100.7";
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
        SshKeyPair key = SshKeyPair.make(installation.folder().resolve("guest-key"));
        String imageId = installation.prepare(client, GuestImages.debian());
        JsonNode request = ApiClient.json("""
                {"name": "debian-guest", "vcpus": 1, "memoryBytes": 1073741824,
                 "disks": [{"imageId": "%s", "sizeBytes": 6442450944}],
                 "nics": [{"network": "default"}, {"network": "default"}],
                 "cloudInit": {"user": "ada", "password": "%s", "sshPasswordLogin": true, "sshKeys": ["%s"],
                  "timeZone": "Europe/Vienna", "locale": "POSIX",
                  "runCommands": ["cat /etc/user-file > /etc/command-ran"],
                  "networks": [{"nic": 1, "addresses": ["%s/24"]}],
                  "userData": "#cloud-config\\nwrite_files:\\n- {path: /etc/user-file, content: %s}\\n"}}
                """.formatted(imageId, PASSWORD, key.line(), SECOND_ADDRESS, TOKEN));
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
        String address = Eventually.get(BOOT, this::address, a -> !a.isEmpty());
        String answer = Eventually.get(BOOT, () -> ssh(address), a -> a.contains("uid="));
        assertThat(answer).contains("ada").contains("debian-guest");
        assertThat(rootBytes(answer)).as("the disk's size is the guest's").isGreaterThan(5L << 30);
        String set = Eventually.get(BOOT, () -> ssh(address, key), a -> a.contains(TOKEN));
        assertThat(set).contains("Europe/Vienna", "POSIX", SECOND_ADDRESS + "/24");
        assertThat(whereIs(PASSWORD)).as("places that hold the plain password").isEmpty();
        assertThat(whereIs(TOKEN))
                .as("places that hold the token, but for the seed that the guest reads")
                .isEmpty();
        String shown = client.get("/vms/" + vmId + "/seed").get("userData").asText();
        assertThat(shown).contains("/etc/command-ran").doesNotContain("$6$");
        client.succeed("DELETE", "/vms/" + vmId + "?force=true", ApiClient.json("{}"));
        assertThat(Libvirt.isDefined(vmId)).isFalse();
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder())).isEmpty();
    }

    private String address() {
        for (JsonNode address : client.get("/vms/" + vmId).path("guest").path("addresses")) {
            String ip = address.get("ip").asText();
            if (!ip.contains(":") && !ip.equals(SECOND_ADDRESS)) {
                return ip;
            }
        }
        return "";
    }

    private static String ssh(String address) {
        List<String> how = List.of("sshpass", "-e", "ssh", "-o", "PreferredAuthentications=password");
        return ssh(how, address, "id; hostname; df -B1 --output=size /");
    }

    private static String ssh(String address, SshKeyPair key) {
        List<String> how =
                List.of("ssh", "-o", "BatchMode=yes", "-i", key.file().toString());
        return ssh(
                how,
                address,
                "cat /etc/timezone /etc/default/locale; readlink /etc/localtime; ip -4 -o addr; cat /etc/command-ran");
    }

    private static String ssh(List<String> how, String address, String commands) {
        List<String> words = new ArrayList<>(how);
        words.addAll(List.of(
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ConnectTimeout=10",
                "ada@" + address,
                commands));
        try {
            ProcessBuilder command = new ProcessBuilder(words).redirectErrorStream(true);
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

    /** Every file of the installation: configuration, logs, the database's files; disks, images and seeds are the guests'. */
    private List<Path> whereIs(String secret) {
        byte[] canary = secret.substring(0, 15).getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(installation.folder())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/images/")
                            && !file.toString().contains("/volumes/")
                            && (secret.equals(PASSWORD) || !file.toString().contains("/seeds/")))
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
