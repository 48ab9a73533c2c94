package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.RfbViewer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Texts that a real guest and a viewer copy for each other, through a gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedClipboardIT {
    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("copies", imageId);
        request.put("waitForAgent", true);
        request.put("clipboard", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    private String ticket() {
        return client.text("POST", "/vms/" + vmId + "/viewer-files")
                .lines()
                .filter(line -> line.startsWith("password="))
                .map(line -> line.substring("password=".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void textsGoBothWays() {
        assertThat(client.get("/vms/" + vmId).get("clipboard").asBoolean()).isTrue();
        ClipboardGuest guest = new ClipboardGuest(vmId);
        try (RfbViewer viewer = RfbViewer.connect(installation.viewerPort())) {
            assertThat(viewer.open(client.tls(), ticket())).isEmpty();
            viewer.begin();
            ClipboardViewer clipboard = ClipboardViewer.on(viewer);
            guest.copy("from the güest");
            assertThat(clipboard.copiedThere()).isEqualTo("from the güest");
            clipboard.copyHere();
            guest.paste();
            clipboard.give("for the güest");
            guest.awaitPasted("for the güest");
        }
    }
}
