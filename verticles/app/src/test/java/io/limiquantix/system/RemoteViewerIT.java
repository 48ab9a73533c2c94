package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real guest's screen in the viewer that people have: virt-viewer's, with the file that the API gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteViewerIT {
    private static final String NAME = "seen-from-afar";
    /** A desktop's program starts slowly on a machine that is busy with other tests. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny(NAME, imageId);
        request.put("waitForAgent", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    /** What QEMU shows, as libvirt says it, behind the platform's back. */
    private ScreenPicture guest(Path folder) {
        Path file = folder.resolve("guest.png");
        Libvirt.virsh("screenshot", vmId, file.toString());
        return ScreenPicture.ofPng(file);
    }

    private List<String> opened() {
        JsonNode entries = client.get("/audit?limit=200").get("items");
        return StreamSupport.stream(entries.spliterator(), false)
                .filter(entry -> entry.at("/details/operation").asText().equals("openViewer"))
                .map(entry -> entry.get("userName").asText() + " " + entry.get("outcome"))
                .toList();
    }

    @Test
    void theFileShowsTheScreenOnce(@TempDir Path folder) throws IOException {
        Path home = RemoteViewer.home(folder, client.text("GET", "/viewers/certificates"));
        String file = client.text("POST", "/vms/" + vmId + "/viewer-files");
        Path first = Files.writeString(folder.resolve("first.vv"), file);
        Path copy = Files.writeString(folder.resolve("copy.vv"), file);
        try (VirtualScreen screen = VirtualScreen.start(folder.resolve("xvfb.log"))) {
            try (RemoteViewer viewer = RemoteViewer.start(screen, home, first)) {
                seen(() -> screen.picture().shows(guest(folder)), viewer, screen);
                assertThat(screen.windows()).contains(NAME);
                assertThat(first).as("a file that works once").doesNotExist();
            }
            try (RemoteViewer viewer = RemoteViewer.start(screen, home, copy)) {
                seen(() -> viewer.said().contains("The ticket is unknown, was used"), viewer, screen);
            }
        }
        assertThat(opened()).containsExactly("(unknown) 401", "admin 200");
    }

    /** Says all that there is to know when it is not. */
    private static void seen(BooleanSupplier condition, RemoteViewer viewer, VirtualScreen screen) {
        try {
            Eventually.get(PATIENCE, condition::getAsBoolean, met -> met);
        } catch (AssertionError e) {
            throw new AssertionError(screen.picture() + "\n" + screen.windows() + "\n" + viewer.said(), e);
        }
    }
}
