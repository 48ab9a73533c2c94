package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Virtual machines and images leave a whole installation as files, and come back the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportIT {
    private static final String HOSTILE = "]]></Annotation></Name><Disk ovf:diskId='x'/>\n../../etc/passwd";

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final String imageId = installation.prepare(client, GuestImages.tiny());
    private final Path scratch;
    private final List<String> vms = new ArrayList<>();

    ExportIT(@TempDir Path scratch) {
        this.scratch = scratch;
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(vms.stream());
        installation.close();
    }

    private String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + said).isZero();
        return said.strip();
    }

    private String vm(String name) {
        ObjectNode wish = (ObjectNode) ApiClient.json("""
                {"name": "%s", "vcpus": 3, "memoryBytes": 201326592,
                 "disks": [{"imageId": "%s"}, {"sizeBytes": 12582912}],
                 "nics": [{"network": "default"}, {"network": "default"}], "start": false}
                """.formatted(name, imageId));
        wish.put("description", HOSTILE);
        String vm = client.succeed("POST", "/vms", wish).get("targetId").asText();
        vms.add(vm);
        VmRequests.awaitPower(client, vm, "STOPPED", VmRequests.STATE_FOLLOWS_WITHIN);
        return vm;
    }

    private static JsonNode format(String format) {
        return ApiClient.json("{\"format\": \"" + format + "\"}");
    }

    /** The file under its name, with the checksum that the export has. */
    private Path fetched(String of, JsonNode export) throws Exception {
        String name = export.get("fileName").asText();
        URI uri = client.base()
                .resolve("/api/v1" + of + "/exports/" + export.get("id").asText() + "/content");
        Path file = scratch.resolve(name);
        var answer = client.http().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .contains(name);
        assertThat(sh("sha256sum " + name)).startsWith(export.get("sha256").asText() + " ");
        return file;
    }

    private JsonNode exports(String of) {
        return client.get(of + "/exports").get("items");
    }

    private List<Path> exported(String of, String format) throws Exception {
        client.succeed("POST", of + "/exports", format(format));
        List<Path> files = new ArrayList<>();
        for (JsonNode export : exports(of)) {
            if (export.get("format").asText().equals(format)) {
                files.add(fetched(of, export));
            }
        }
        files.sort(null);
        return files;
    }

    private JsonNode imported(String name, Path archive) throws Exception {
        JsonNode wish = ApiClient.json("{\"name\": \"" + name + "\", \"format\": \"ova\"}");
        String image = client.send("POST", "/images", wish).body().get("id").asText();
        var answer = client.send(
                "PUT", "/images/" + image + "/content", BodyPublishers.ofFile(archive), "application/octet-stream");
        JsonNode task = client.awaitTask(answer.body().get("taskId").asText());
        assertThat(task.get("state").asText()).as("%s", task).isEqualTo("SUCCEEDED");
        return client.get("/images/" + image);
    }

    private void assertSameDisks(JsonNode appliance, List<Path> disks) throws Exception {
        assertThat(appliance.get("disks")).hasSize(disks.size());
        for (int i = 0; i < disks.size(); i++) {
            String image =
                    "/images/" + appliance.get("disks").get(i).get("imageId").asText();
            Path back = exported(image, "qcow2").getFirst();
            sh("qemu-img compare -f qcow2 -F qcow2 " + back + " " + disks.get(i));
        }
    }

    @Test
    void aMachineComesBackWithTheSameDisksAndHardware() throws Exception {
        String vm = "/vms/" + vm("mail");
        List<Path> disks = exported(vm, "qcow2");
        assertThat(disks)
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("mail-disk1.qcow2", "mail-disk2.qcow2");
        Path archive = exported(vm, "ova").getFirst();
        assertThat(sh("tar -tf mail.ova"))
                .isEqualTo("appliance.ovf\nappliance.mf\nappliance-disk1.vmdk\nappliance-disk2.vmdk");
        sh("tar -xf mail.ova && sed 's/^SHA256(\\(.*\\))= \\(.*\\)/\\2  \\1/' appliance.mf | sha256sum --strict -c");
        JsonNode image = imported("mail-again", archive);
        JsonNode machine = image.get("appliance");
        assertThat(machine.get("name").asText()).isEqualTo("mail");
        assertThat(machine.get("vcpus").asInt()).isEqualTo(3);
        assertThat(machine.get("memoryBytes").asLong()).isEqualTo(201326592);
        assertThat(machine.get("firmware").asText()).isEqualTo("bios");
        assertThat(machine.get("nics"))
                .extracting(nic -> nic.get("network").asText())
                .containsExactly("default", "default");
        assertThat(machine.get("disks"))
                .extracting(disk -> disk.get("capacityBytes"))
                .containsExactlyElementsOf(sizes(vm));
        assertSameDisks(machine, disks);

        Path again = exported("/images/" + image.get("id").asText(), "ova").getFirst();
        JsonNode third = imported("mail-third", again).get("appliance");
        assertThat(third.get("memoryBytes")).isEqualTo(machine.get("memoryBytes"));
        assertThat(third.get("nics")).isEqualTo(machine.get("nics"));
        assertSameDisks(third, disks);
        assertThat(client.get("/volumes?vmId=" + vm.substring("/vms/".length())).get("items"))
                .extracting(volume -> volume.get("snapshotCount").asInt())
                .containsOnly(0);
    }

    private List<JsonNode> sizes(String vm) {
        List<JsonNode> sizes = new ArrayList<>();
        client.get(vm).get("disks").forEach(disk -> sizes.add(disk.get("sizeBytes")));
        return sizes;
    }

    @Test
    void aMachineThatRunsIsRefusedAndWhatWasMadeOfItIsStillFetched() throws Exception {
        String vm = "/vms/" + vm("runs");
        Path before = exported(vm, "ova").getFirst();
        assertThat(before).isNotEmptyFile();
        client.succeed("POST", vm + "/start", ApiClient.json("{}"));
        ApiClient.Answer refused = client.send("POST", vm + "/exports", format("ova"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("Shut it down first");
        JsonNode export = exports(vm).get(0);
        fetched(vm, export);
        String path = vm + "/exports/" + export.get("id").asText();
        assertThat(client.send("DELETE", path).status()).isEqualTo(204);
        assertThat(client.send("GET", path + "/content").status()).isEqualTo(404);
        assertThat(client.send("POST", vm + "/exports", format("iso")).status()).isEqualTo(400);
    }

    @Test
    void anImageIsGivenAsItIsOrConverted() throws Exception {
        String image = "/images/" + imageId;
        Path same = exported(image, "qcow2").getFirst();
        assertThat(same).hasSameBinaryContentAs(GuestImages.tiny());
        assertThat(exports(image).get(0).get("sha256"))
                .isEqualTo(client.get(image).get("sha256"));
        Path raw = exported(image, "raw").getFirst();
        sh("qemu-img compare -f raw -F qcow2 " + raw + " " + GuestImages.tiny());
        assertThat(client.send("POST", image + "/exports", format("iso")).status())
                .isEqualTo(400);
        assertThat(Files.isSymbolicLink(installation
                        .folder()
                        .resolve("control/host/exports")
                        .resolve(exports(image).get(1).get("id").asText())))
                .as("nothing was written")
                .isTrue();
    }
}
