package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SiteIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final ApiClient CLIENT = GATEWAY.client();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static ApiClient.Reply page(String path) {
        return CLIENT.get("/" + path);
    }

    @Test
    void deepLinksGetTheApplicationAndItsPageIsNotKept() {
        for (String path : new String[] {"/", "/vms", "/vms/0198c0de-0000-7000-8000-00000000beef/console"}) {
            ApiClient.Reply reply = page(path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.headers())
                    .containsEntry("content-type", "text/html; charset=utf-8")
                    .containsEntry("cache-control", "no-cache");
        }
    }

    @Test
    void hashedFilesAreKeptForEverAndSentPacked() {
        ApiClient.Reply reply = CLIENT.send(
                "GET", "//assets/app-1234.js", BodyPublishers.noBody(), Map.of("Accept-Encoding", "gzip, br"));
        assertThat(reply.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("content-type", "text/javascript; charset=utf-8");
        assertThat(reply.headers().get("cache-control")).contains("immutable");
        assertThat(page("/assets/app-1234.js").headers()).doesNotContainKey("content-encoding");
    }

    @Test
    void nothingOutsideIsServed() {
        for (String path : new String[] {
            "/../outside.txt",
            "/%2e%2e/outside.txt",
            "/..%2foutside.txt",
            "/assets/..%2f..%2foutside.txt",
            "/assets/%2e%2e/%2e%2e/outside.txt",
            "/etc/passwd.txt",
            "/assets/missing.js"
        }) {
            assertThat(page(path).status()).as(path).isIn(400, 404);
        }
    }

    @Test
    void healthAndMetricsAreOnTheManagementPort() {
        CLIENT.get("/session");
        assertThat(GATEWAY.management("/healthz")).isEqualTo("200 ok\n");
        assertThat(GATEWAY.management("/readyz")).startsWith("200 {");
        assertThat(GATEWAY.management("/metrics"))
                .contains("limiquantix_http_requests_total{operation=\"getSession\",status=\"401\"}");
        assertThat(GATEWAY.management("/nothing")).startsWith("404");
        assertThat(page("/metrics").headers()).containsEntry("content-type", "text/html; charset=utf-8");
    }
}
