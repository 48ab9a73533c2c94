package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An appliance of two disks, made by the tools that people have, becomes a VM that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplianceIT {
    private static final String DESCRIPTION = """
            <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
                xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
              <References>
                <File ovf:id="f1" ovf:href="tiny-1.vmdk"/>
                <File ovf:id="f2" ovf:href="tiny-2.vmdk"/>
              </References>
              <DiskSection>
                <Disk ovf:diskId="boot" ovf:fileRef="f1" ovf:capacity="CAPACITY"/>
                <Disk ovf:diskId="data" ovf:fileRef="f2" ovf:capacity="16" ovf:capacityAllocationUnits="byte * 2^20"/>
              </DiskSection>
              <VirtualSystem ovf:id="tiny">
                <OperatingSystemSection ovf:id="1"><Description>Tiny Linux</Description></OperatingSystemSection>
                <VirtualHardwareSection>
                  <Item><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
                  <Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:ResourceType>4</rasd:ResourceType>
                    <rasd:VirtualQuantity>128</rasd:VirtualQuantity></Item>
                  <Item><rasd:ResourceType>17</rasd:ResourceType><rasd:HostResource>ovf:/disk/boot</rasd:HostResource></Item>
                  <Item><rasd:ResourceType>17</rasd:ResourceType><rasd:HostResource>ovf:/disk/data</rasd:HostResource></Item>
                  <Item><rasd:ResourceType>10</rasd:ResourceType><rasd:Connection>lan</rasd:Connection></Item>
                </VirtualHardwareSection>
              </VirtualSystem>
            </Envelope>
            """;

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private final Path scratch;
    private String vmId = "";

    ApplianceIT(@TempDir Path scratch) {
        this.scratch = scratch;
        installation.awaitHost(client);
        installation.makePool(client);
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId).filter(id -> !id.isEmpty()));
        installation.close();
    }

    private String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(scratch.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return said.strip();
    }

    private Path appliance() throws Exception {
        String convert = "qemu-img convert -O vmdk -o subformat=streamOptimized ";
        sh(convert + GuestImages.tiny() + " tiny-1.vmdk");
        sh("head -c 16M /dev/urandom > data.raw && " + convert + "-f raw data.raw tiny-2.vmdk");
        String capacity = sh("qemu-img info --output=json " + GuestImages.tiny()
                + " | sed -n 's/.*virtual-size\": \\([0-9]*\\).*/\\1/p' | tail -1");
        Files.writeString(scratch.resolve("tiny.ovf"), DESCRIPTION.replace("CAPACITY", capacity));
        sh(
                "for f in tiny.ovf tiny-1.vmdk tiny-2.vmdk; do echo \"SHA256($f)= $(sha256sum $f | cut -d' ' -f1)\"; done > tiny.mf");
        sh("tar --format=ustar -cf tiny.ova tiny.ovf tiny.mf tiny-1.vmdk tiny-2.vmdk");
        return scratch.resolve("tiny.ova");
    }

    private JsonNode upload(String image, Path file) throws IOException {
        ApiClient.Answer answer = client.send(
                "PUT", "/images/" + image + "/content", BodyPublishers.ofFile(file), "application/octet-stream");
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return client.awaitTask(answer.body().get("taskId").asText());
    }

    private String draft(String name) {
        JsonNode wish = ApiClient.json("{\"name\": \"" + name + "\", \"format\": \"ova\"}");
        return client.send("POST", "/images", wish).body().get("id").asText();
    }

    @Test
    void becomesAVmThatRuns() throws Exception {
        String image = draft("tiny");
        assertThat(upload(image, appliance()).get("state").asText()).isEqualTo("SUCCEEDED");
        JsonNode ready = client.get("/images/" + image);
        assertThat(ready.get("state").asText()).isEqualTo("READY");
        JsonNode machine = ready.get("appliance");
        assertThat(machine.get("operatingSystem").asText()).isEqualTo("Tiny Linux");
        assertThat(machine.get("nics").get(0).get("network").asText()).isEqualTo("lan");
        assertThat(client.get("/images?kind=appliance&search=tiny").get("items"))
                .hasSize(1);

        ObjectNode wish = (ObjectNode)
                ApiClient.json(
                        "{\"name\": \"from-tiny\", \"nics\": [{\"network\": \"default\"}], \"start\": true, \"waitForAgent\": true}");
        wish.put("vcpus", machine.get("vcpus").asInt())
                .put("memoryBytes", machine.get("memoryBytes").asLong());
        machine.get("disks").forEach(disk -> wish.withArray("disks").addObject().set("imageId", disk.get("imageId")));
        vmId = client.succeed("POST", "/vms", wish).get("targetId").asText();
        JsonNode vm = Eventually.get(
                () -> client.get("/vms/" + vmId),
                found -> found.path("guest").path("answered").asBoolean());
        assertThat(vm.get("powerState").asText()).isEqualTo("RUNNING");
        assertThat(vm.get("disks")).hasSize(2);
        assertThat(vm.get("disks").get(1).get("sizeBytes").asLong()).isEqualTo(16 << 20);

        assertThat(client.send("DELETE", "/images/" + image).status())
                .as("its disks are in use")
                .isEqualTo(409);
        Libvirt.virsh("destroy", vmId);
        VmRequests.awaitPower(client, vmId, "STOPPED", VmRequests.STATE_FOLLOWS_WITHIN);
        client.succeed("DELETE", "/vms/" + vmId, ApiClient.json("{}"));
        client.succeed("DELETE", "/images/" + image, ApiClient.json("{}"));
        assertThat(client.get("/images?search=tiny").get("items")).isEmpty();
        String disk = machine.get("disks").get(0).get("imageId").asText();
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(image, disk)))
                .isEmpty();
    }

    @Test
    void whatIsNoneIsRefusedAndLeavesNothing() throws Exception {
        sh("ln -sf /etc/passwd evil.ovf && tar -cf evil.ova evil.ovf");
        String image = draft("evil");
        assertThat(upload(image, scratch.resolve("evil.ova")).get("state").asText())
                .isEqualTo("FAILED");
        JsonNode refused = client.get("/images/" + image);
        assertThat(refused.get("state").asText()).isEqualTo("REFUSED");
        assertThat(refused.get("problem").asText()).contains("is no file");
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(image)))
                .isEmpty();
    }
}
