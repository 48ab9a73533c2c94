package io.limiquantix.compute.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.VmView.Nic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's own cloud-init and Python's YAML reader are asked what they make of the documents. */
class CloudInitAcceptsIT {
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final List<Nic> NICS =
            List.of(new Nic("default", "52:54:00:00:00:01"), new Nic("lan", "52:54:00:00:00:02"));
    private static final CloudInit FULL = new CloudInit(
            "web.example.com",
            "admin",
            "$6$salt$" + "x".repeat(86),
            List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me"),
            true,
            List.of("nginx", "qemu-guest-agent"),
            new StaticNetwork("192.0.2.10/24", "192.0.2.1", List.of("192.0.2.53")));

    @TempDir
    private Path folder = Path.of(".");

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }

    @Test
    void theSchemaIsKeptWithoutDeprecations() throws IOException, InterruptedException {
        CloudInit small = new CloudInit(null, "root", null, List.of(), false, List.of(), null);
        for (CloudInit wish : List.of(FULL, small)) {
            Path file = Files.writeString(
                    folder.resolve("user-data"),
                    NoCloud.of(ID, "web_1", wish, NICS).userData());
            String said = run(folder, "cloud-init", "schema", "--annotate", "--config-file", file.toString());
            assertThat(said)
                    .contains("Valid")
                    .doesNotContainIgnoringCase("deprecat")
                    .doesNotContain("Error");
        }
    }

    /** One call for all: each costs a second. A failure names the wish by its number. */
    @Test
    void whateverIsWishedTheSchemaIsKeptWithoutDeprecations() throws IOException, InterruptedException {
        RandomWishes wishes = new RandomWishes(Long.getLong("wishes.seed", 7));
        for (int i = 0; i < 60; i++) {
            NoCloud documents = NoCloud.of(ID, "web_" + i, wishes.next(), NICS);
            Files.writeString(folder.resolve("wish-" + i + ".yaml"), documents.userData());
            Files.writeString(folder.resolve("network-" + i + ".yaml"), documents.networkConfig());
        }
        Path script = Files.writeString(folder.resolve("judge.py"), """
                import glob, logging, sys, yaml
                from cloudinit.config import schema
                from cloudinit.net import network_state
                logging.disable(logging.CRITICAL)
                wishes = sorted(glob.glob(sys.argv[1] + "/wish-*.yaml"))
                rules = schema.get_schema()
                for name in wishes:
                    content = open(name, "rb").read()
                    config = yaml.safe_load(content)
                    try:
                        schema.validate_cloudconfig_schema(config, rules, strict=True)
                    except Exception as e:
                        print("REFUSED", name, e)
                for name in glob.glob(sys.argv[1] + "/network-*.yaml"):
                    config = yaml.safe_load(open(name))
                    state = network_state.parse_net_config_data(config)
                    if state is None or len(list(state.iter_interfaces())) != 2:
                        print("REFUSED", name, config)
                print("judged", len(wishes))
                """);
        String said = run(folder, "/usr/bin/python3", script.toString(), folder.toString());
        assertThat(said).contains("judged 60").doesNotContain("REFUSED");
    }

    /** cloud-init itself takes the document apart. */
    @Test
    void aScriptArrivesBesideTheCloudConfig() throws IOException, InterruptedException {
        String script = "#!/bin/sh\necho \"gr\u00fc\u00df dich\"\n";
        Path file = Files.writeString(
                folder.resolve("user-data"),
                NoCloud.of(ID, "web", FULL.withUserData(script), NICS).userData());
        String said = run(folder, "/usr/bin/python3", "-c", """
                import sys
                from cloudinit import user_data
                from cloudinit.helpers import Paths
                message = user_data.UserDataProcessor(Paths({})).process(open(sys.argv[1], 'rb').read())
                for part in message.walk():
                    if not part.is_multipart():
                        print(part.get_content_type(), part.get_payload(decode=True).decode())
                """, file.toString());
        assertThat(said).contains("text/cloud-config #cloud-config\n", "text/x-shellscript " + script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eni", "netplan", "networkd"})
    void everyRendererUnderstandsTheNetwork(String renderer) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("network-config"),
                NoCloud.of(ID, "web", FULL, NICS).networkConfig());
        String said = run(
                folder,
                "cloud-init",
                "devel",
                "net-convert",
                "-p",
                "network-config",
                "-k",
                "yaml",
                "-d",
                "out",
                "-D",
                "debian",
                "-O",
                renderer,
                "-m",
                "eth0,52:54:00:00:00:01",
                "-m",
                "eth1,52:54:00:00:00:02");
        assertThat(said).doesNotContainIgnoringCase("deprecat").doesNotContain("Traceback");
        StringBuilder written = new StringBuilder();
        try (var files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(Files.readString(file));
            }
        }
        assertThat(written).contains("192.0.2.10", "192.0.2.1", "192.0.2.53", "eth0", "eth1");
        if (renderer.equals("eni")) {
            assertThat(written).contains("gateway 192.0.2.1").contains("iface eth1 inet dhcp");
        }
    }

    /** Whatever a text holds, it comes out as that text and nothing beside it changes. */
    @Test
    void noTextCanBreakOutOfItsPlace() throws IOException, InterruptedException {
        Random random = new Random(11);
        List<String> texts = new ArrayList<>(List.of(
                "a: b",
                "- x",
                "#cloud-config",
                "'\"\\",
                "!!python/object",
                "{a: [b",
                "&a *a",
                "yes",
                "0x1f",
                "~",
                " x ",
                "| >",
                "%TAG",
                "\u2028\u0085\ufeff",
                "\ud83d\ude00",
                "x".repeat(5_000),
                "a b ".repeat(300),
                "\t",
                "1:2:3"));
        for (int i = 0; i < 200; i++) {
            texts.add(text(random));
        }
        Path file = Files.writeString(
                folder.resolve("user-data"),
                NoCloud.of(ID, "web", new CloudInit(null, "admin", null, texts, false, texts, null), NICS)
                        .userData());
        String json = run(
                folder,
                "python3",
                "-c",
                "import json,sys,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))",
                file.toString());
        JsonNode read = Wire.json().readTree(json);
        assertThat(texts(read.get("packages"))).isEqualTo(texts);
        assertThat(texts(read.get("users").get(0).get("ssh_authorized_keys"))).isEqualTo(texts);
        assertThat(read.get("ssh_pwauth").asBoolean(true)).isFalse();
        assertThat(read.size()).isEqualTo(6);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(40);
        String nasty = " :#-'\"\\{}[]&*!|>%@`,?~\t\n\r\u00e9\u4e2d";
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextBoolean()
                            ? nasty.charAt(random.nextInt(nasty.length()))
                            : (char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
