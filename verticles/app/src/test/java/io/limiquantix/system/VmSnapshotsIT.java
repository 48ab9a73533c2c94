package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Snapshots of a real guest with two disks, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VmSnapshotsIT {
    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";
    private GuestShell guest = new GuestShell("");

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("branches", imageId);
        request.put("waitForAgent", true);
        ((ObjectNode) request.at("/disks/0")).put("sizeBytes", 256L << 20);
        request.withArray("/disks").addObject().put("sizeBytes", 64L << 20);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
        guest = new GuestShell(vmId);
        guest.awaitFileSystem();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    private void write(String word) {
        for (String disk : List.of("vda bs=1M seek=200", "vdb bs=1M seek=1")) {
            guest.run("echo " + word + " | dd of=/dev/" + disk + " conv=notrunc,fsync 2>/dev/null");
        }
    }

    private void assertBothHold(String word) {
        for (String disk : List.of("vda bs=1M skip=200", "vdb bs=1M skip=1")) {
            assertThat(guest.run("dd if=/dev/" + disk + " count=1 2>/dev/null | head -n 1")
                            .strip())
                    .isEqualTo(word);
        }
    }

    private JsonNode list() {
        return client.get("/vms/" + vmId + "/snapshots");
    }

    private JsonNode take(String name) {
        client.succeed("POST", "/vms/" + vmId + "/snapshots", ApiClient.json("{\"name\": \"" + name + "\"}"));
        return named(name);
    }

    private JsonNode named(String name) {
        return StreamSupport.stream(list().get("items").spliterator(), false)
                .filter(snapshot -> snapshot.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String path(String name) {
        return "/vms/" + vmId + "/snapshots/" + named(name).get("id").asText();
    }

    private void power(String action) {
        client.succeed("POST", "/vms/" + vmId + "/" + action, ApiClient.json("{}"));
    }

    private void goBackTo(String name) {
        power("force-stop");
        client.succeed("POST", path(name) + "/revert", ApiClient.json("{}"));
        assertThat(list().get("currentId").asText())
                .isEqualTo(named(name).get("id").asText());
        power("start");
        guest.awaitAgent();
    }

    @Test
    @Order(1)
    void aRunningGuestHasATreeOfThem() {
        write("one");
        JsonNode one = take("one");
        assertThat(one.get("state").asText()).isEqualTo("READY");
        assertThat(one.get("stillness").asText()).isEqualTo("QUIESCED");
        assertThat(one.get("disks")).hasSize(2);
        assertThat(one.has("parentId")).isFalse();
        write("two");
        JsonNode two = take("two");
        assertThat(two.get("parentId")).isEqualTo(one.get("id"));
        assertThat(two.get("usedBytes").asLong()).isPositive();
        assertThat(list().get("usedBytes").asLong())
                .isEqualTo(two.get("usedBytes").asLong()
                        + named("one").get("usedBytes").asLong());
        assertThat(list().get("chainLength").asInt()).isEqualTo(3);
        write("lost");
        assertThat(client.send("POST", path("one") + "/revert").status()).isEqualTo(409);
        assertBothHold("lost");
    }

    @Test
    @Order(2)
    void itsDisksGoBackTogetherAlsoToAnotherBranch() {
        goBackTo("one");
        assertBothHold("one");
        write("other");
        assertThat(take("other").get("parentId")).isEqualTo(named("one").get("id"));
        // As it runs: it is stopped, and what it holds is a snapshot of its own, in one task.
        client.succeed("POST", path("two") + "/revert", ApiClient.json("{\"stop\": true, \"keepCurrent\": \"kept\"}"));
        assertThat(named("kept").get("stillness").asText()).isEqualTo("OFF");
        assertThat(named("kept").get("parentId")).isEqualTo(named("other").get("id"));
        power("start");
        guest.awaitAgent();
        assertBothHold("two");
        delete("kept");
        goBackTo("other");
        assertBothHold("other");
    }

    @Test
    @Order(3)
    void theirPartsAreLeftToThem() {
        JsonNode part = named("two").get("disks").get(0);
        String volume = "/volumes/" + part.get("volumeId").asText();
        String snapshot = volume + "/snapshots/" + part.get("snapshotId").asText();
        assertThat(client.send("DELETE", snapshot).status()).isEqualTo(409);
        assertThat(client.get(volume + "/snapshots").get("items").get(0).get("vmSnapshotId"))
                .isEqualTo(named("one").get("id"));
    }

    @Test
    @Order(4)
    void oneOfThemGoesWhileTheGuestRunsAndTheOthersStay() {
        delete("one");
        assertThat(list().get("items")).hasSize(2);
        assertThat(named("two").has("parentId")).isFalse();
        assertBothHold("other");
        goBackTo("two");
        assertBothHold("two");
    }

    @Test
    @Order(5)
    void theLastOnesGoAndNothingOfThemIsLeft() {
        delete("two");
        delete("other");
        assertThat(list().get("items")).isEmpty();
        assertThat(list().has("currentId")).isFalse();
        assertBothHold("two");
        assertOnlyItsTwoDisksAreLeft();
    }

    @Test
    @Order(6)
    void twentyOnTopOfEachOtherGoInAnyOrderWhileTheGuestWrites() {
        long seed = Long.getLong("order.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> names = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "nested-" + i)
                .collect(Collectors.toCollection(ArrayList::new));
        startWriting();
        for (String name : names) {
            write(name);
            take(name);
        }
        Collections.shuffle(names, random);
        names.subList(0, 10).forEach(this::delete);
        assertHoldsWhatWasWritten(seed);
        String back = names.get(10);
        goBackTo(back);
        assertBothHold(back);
        startWriting();
        names.subList(10, 20).forEach(this::delete);
        assertHoldsWhatWasWritten(seed);
        assertBothHold(back);
        assertOnlyItsTwoDisksAreLeft();
    }

    @Test
    @Order(7)
    void theGuestGoesOnFromItsMemory() {
        write("then");
        guest.run("echo remembered > /word; sleep 100000 > /dev/null 2>&1 & echo $! > /process");
        // As if years went by from here on.
        guest.run("date -s '2001-01-01 00:00'");
        client.succeed(
                "POST", "/vms/" + vmId + "/snapshots", ApiClient.json("{\"name\": \"whole\", \"memory\": true}"));
        assertThat(named("whole").get("memoryBytes").asLong()).isPositive();
        guest.run("kill $(cat /process); rm /word");
        write("lost");
        power("force-stop");
        client.succeed("POST", path("whole") + "/revert", ApiClient.json("{}"));
        VmRequests.awaitPower(client, vmId, "RUNNING", VmRequests.STATE_FOLLOWS_WITHIN);
        guest.awaitAgent();
        long late = Math.abs(
                Long.parseLong(guest.run("date +%s").strip()) - Instant.now().getEpochSecond());
        assertThat(late).as("seconds that the guest's clock is late").isLessThan(10);
        assertThat(guest.run("cat /word; kill -0 $(cat /process) && echo runs")).isEqualTo("remembered\nruns\n");
        assertBothHold("then");
        delete("whole");
        assertOnlyItsTwoDisksAreLeft();
        assertThat(VmRequests.filesNamed(installation.folder(), List.of("memories/" + vmId)))
                .isEmpty();
    }

    private void delete(String name) {
        client.succeed("DELETE", path(name), ApiClient.json("{}"));
    }

    /** Writes block after block to the second disk, all over it, and remembers the sum of each. */
    private void startWriting() {
        guest.run(
                "rm -rf /sums; mkdir /sums; rm -f /enough; (i=0; while [ ! -e /enough ]; do i=$((i+1)); b=$((i*7%900));"
                        + " head -c 65536 /dev/urandom > /block;"
                        + " dd if=/block of=/dev/vdb bs=64k seek=$((64+b)) conv=notrunc,fsync && md5sum < /block > /sums/$b;"
                        + " done; touch /ended) >/dev/null 2>&1 &");
    }

    private void assertHoldsWhatWasWritten(long seed) {
        guest.run(
                "touch /enough; while [ ! -e /ended ]; do usleep 100000; done; rm /ended; echo 3 > /proc/sys/vm/drop_caches");
        String compared = guest.run("for f in /sums/*; do b=${f##*/};"
                + " [ \"$(dd if=/dev/vdb bs=64k skip=$((64+b)) count=1 2>/dev/null | md5sum)\" = \"$(cat $f)\" ]"
                + " && echo same || echo differs; done | sort | uniq -c");
        assertThat(compared).as("order.seed=%d", seed).contains("same").doesNotContain("differs");
    }

    private void assertOnlyItsTwoDisksAreLeft() {
        assertThat(VmRequests.volumesAndSeeds(installation.poolFolder()).stream()
                        .filter(file -> file.endsWith(".qcow2")))
                .hasSize(2);
    }
}
