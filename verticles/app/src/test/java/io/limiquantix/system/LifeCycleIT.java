package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A tiny guest through its whole life, with an administrator at virsh now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeCycleIT {
    private static final Duration BOOT = Duration.ofMinutes(2);

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("life", imageId);
        request.put("waitForAgent", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    private void power(String action) {
        client.succeed("POST", "/vms/" + vmId + "/" + action, ApiClient.json("{}"));
    }

    private JsonNode vm() {
        return client.get("/vms/" + vmId);
    }

    @Test
    @Order(1)
    void itsAgentAndAddressAreKnownOnceItWasWaitedFor() {
        JsonNode vm = Eventually.get(
                BOOT, this::vm, v -> !v.path("guest").path("addresses").isEmpty());
        assertThat(vm.get("powerState").asText()).isEqualTo("RUNNING");
        assertThat(vm.get("guest").get("answered").asBoolean()).isTrue();
    }

    @Test
    @Order(2)
    void aVolumeIsItsDiskForAWhile() {
        ObjectNode wish = (ObjectNode) ApiClient.json("{\"name\": \"data\", \"sizeBytes\": 16777216}");
        wish.put("poolId", client.get("/pools").get("items").get(0).get("id").asText());
        String volume = client.succeed("POST", "/volumes", wish).get("targetId").asText();
        JsonNode which = ApiClient.json("{\"volumeId\": \"" + volume + "\"}");
        client.succeed("POST", "/vms/" + vmId + "/disks", which);
        JsonNode disk = vm().get("disks").get(1);
        assertThat(disk.get("attached").asBoolean()).isTrue();
        assertThat(Libvirt.virsh("domblklist", vmId))
                .contains(disk.get("target").asText(), volume);
        assertThat(client.send("POST", "/vms/" + vmId + "/disks", which).status())
                .isEqualTo(409);
        assertThat(client.send("DELETE", "/volumes/" + volume).status()).isEqualTo(409);
        client.succeed("DELETE", "/vms/" + vmId + "/disks/" + volume, ApiClient.json("{}"));
        assertThat(Libvirt.virsh("domblklist", vmId)).doesNotContain(volume);
        assertThat(client.get("/volumes/" + volume).get("attachments")).isEmpty();
        client.succeed("DELETE", "/volumes/" + volume, ApiClient.json("{}"));
    }

    @Test
    @Order(3)
    void pauseAndResumeAreWhatLibvirtDoes() {
        power("pause");
        assertThat(Libvirt.state(vmId)).isEqualTo("paused");
        VmRequests.awaitPower(client, vmId, "PAUSED", VmRequests.STATE_FOLLOWS_WITHIN);
        power("resume");
        assertThat(Libvirt.state(vmId)).isEqualTo("running");
        VmRequests.awaitPower(client, vmId, "RUNNING", VmRequests.STATE_FOLLOWS_WITHIN);
    }

    @Test
    @Order(3)
    void aSuspendedGuestGoesOnFromItsMemory() {
        power("suspend");
        assertThat(Libvirt.state(vmId)).isEqualTo("shut off");
        VmRequests.awaitPower(client, vmId, "SUSPENDED", VmRequests.STATE_FOLLOWS_WITHIN);
        power("start");
        assertThat(Libvirt.virsh("domstate", "--reason", vmId)).contains("running (restored)");
        VmRequests.awaitPower(client, vmId, "RUNNING", VmRequests.STATE_FOLLOWS_WITHIN);
    }

    @Test
    @Order(4)
    void theStateFollowsVirsh() {
        Libvirt.virsh("destroy", vmId);
        VmRequests.awaitPower(client, vmId, "STOPPED", VmRequests.STATE_FOLLOWS_WITHIN);
        Libvirt.virsh("start", vmId);
        VmRequests.awaitPower(client, vmId, "RUNNING", VmRequests.STATE_FOLLOWS_WITHIN);
    }

    @Test
    @Order(5)
    void aLibvirtdThatDiesIsToldAndOneThatComesBackIsUsed() {
        LibvirtDaemon daemon = LibvirtDaemon.kill();
        try {
            Eventually.get(this::host, h -> h.path("problem").asText().contains("libvirt"));
            assertThat(vm().get("powerState").asText()).isEqualTo("UNKNOWN");
        } finally {
            daemon.start();
        }
        Eventually.get(this::host, h -> h.path("problem").isMissingNode());
        Eventually.get(this::vm, v -> v.get("powerState").asText().equals("RUNNING"));
        power("pause");
        assertThat(Libvirt.state(vmId)).isEqualTo("paused");
        power("resume");
        Libvirt.virsh("destroy", vmId);
        VmRequests.awaitPower(client, vmId, "STOPPED", VmRequests.STATE_FOLLOWS_WITHIN);
        power("start");
    }

    private JsonNode host() {
        return client.get("/hosts").get("items").get(0);
    }

    @Test
    @Order(6)
    void aGuestShutsDownWhenAsked() {
        Eventually.get(BOOT, this::vm, v -> v.path("guest").path("answered").asBoolean());
        power("shutdown");
        assertThat(Libvirt.state(vmId)).isEqualTo("shut off");
        VmRequests.awaitPower(client, vmId, "STOPPED", VmRequests.STATE_FOLLOWS_WITHIN);
    }

    @Test
    @Order(7)
    void aStartedGuestCanBeResetAndForcedToStop() {
        power("start");
        power("reset");
        assertThat(Libvirt.state(vmId)).isEqualTo("running");
        power("force-stop");
        assertThat(Libvirt.state(vmId)).isEqualTo("shut off");
    }

    @Test
    @Order(8)
    void aRunningVmIsNotDeletedWithoutForce() {
        power("start");
        ApiClient.Answer refused = client.send("DELETE", "/vms/" + vmId);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("life");
        assertThat(Libvirt.state(vmId)).isEqualTo("running");
    }

    @Test
    @Order(9)
    void aDomainThatIsUndefinedBehindOurBackIsShownAsLost() {
        Libvirt.virsh("destroy", vmId);
        String xml = Libvirt.virsh("dumpxml", vmId);
        Libvirt.virsh("undefine", vmId);
        Eventually.get(this::vm, v -> v.get("phase").asText().equals("LOST"));
        Path file = installation.folder().resolve("life.xml");
        write(file, xml);
        Libvirt.virsh("define", file.toString());
        Eventually.get(this::vm, v -> v.get("phase").asText().equals("READY"));
    }

    @Test
    @Order(10)
    void deletingLeavesNothing() {
        client.succeed("DELETE", "/vms/" + vmId, ApiClient.json("{}"));
        assertThat(Libvirt.isDefined(vmId)).isFalse();
        assertThat(VmRequests.filesNamed(installation.poolFolder(), List.of(vmId)))
                .isEmpty();
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder())).isEmpty();
        assertThat(client.send("GET", "/vms/" + vmId).status()).isEqualTo(404);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
