package io.limiquantix.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limiquantix.runtime.testing.RfbViewer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real guest's screen in a viewer outside of the browser, which is one of our own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideViewerIT {
    private final Installation installation = Installation.allInOne();
    private final ApiClient client = installation.client();
    private String vmId = "";

    @BeforeAll
    void create() {
        String imageId = installation.prepare(client, GuestImages.tiny());
        ObjectNode request = (ObjectNode) VmRequests.tiny("seen-outside", imageId);
        request.put("waitForAgent", true);
        vmId = client.succeed("POST", "/vms", request).get("targetId").asText();
    }

    @AfterAll
    void close() {
        Libvirt.destroyAll(Stream.of(vmId));
        installation.close();
    }

    private String file() {
        return client.text("POST", "/vms/" + vmId + "/viewer-files");
    }

    private static String ticket(String file) {
        return file.lines()
                .filter(line -> line.startsWith("password="))
                .map(line -> line.substring("password=".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTicketOpensTheScreenOnce() {
        String ticket = ticket(file());
        try (RfbViewer viewer = RfbViewer.connect(installation.viewerPort());
                RfbViewer second = RfbViewer.connect(installation.viewerPort())) {
            assertThat(viewer.open(client.tls(), ticket)).isEmpty();
            assertThat(second.open(client.tls(), ticket)).contains("was used");
            assertThat(viewer.picture(viewer.begin())).isNotEmpty();
        }
    }
}
