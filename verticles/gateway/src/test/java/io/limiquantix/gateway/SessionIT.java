package io.limiquantix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.limiquantix.bus.identity.IdentityApi.AuditEntry;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SessionIT {
    private static final TestGateway GATEWAY = TestGateway.start();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void nobodyGetsInWithoutLoggingIn() {
        assertThat(GATEWAY.client().get("/session").status()).isEqualTo(401);
        assertThat(GATEWAY.client().get("/vms").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(GATEWAY.client().get("/events").status()).isEqualTo(401);
        assertThat(GATEWAY.client().post("/vms", "{}").status()).isEqualTo(401);
    }

    @Test
    void aSessionIsACookieThatPagesCannotRead() {
        ApiClient.Reply reply = GATEWAY.client().post("/session", "{\"userName\":\"admin\",\"password\":\"right\"}");
        assertThat(reply.headers().get("set-cookie"))
                .startsWith("__Host-limiquantix=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict");
        assertThat(reply.headers()).containsEntry("cache-control", "no-store");
        assertThat(GATEWAY.client()
                        .logIn()
                        .get("/session")
                        .body()
                        .path("userName")
                        .asText())
                .isEqualTo("admin");
    }

    @Test
    void aWrongPasswordIsRefusedAndNotRepeated() {
        ApiClient.Reply reply =
                GATEWAY.client().post("/session", "{\"userName\":\"hunter2\",\"password\":\"canary-password\"}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(GATEWAY.identity().audit().toString()).doesNotContain("hunter2", "canary-password");
    }

    @Test
    void theSessionEndsWithTheLogOut() {
        ApiClient client = GATEWAY.client().logIn();
        assertThat(client.delete("/session").status()).isEqualTo(204);
        assertThat(client.get("/session").status()).isEqualTo(401);
    }

    @Test
    void aChangeNeedsTheCsrfToken() {
        ApiClient client = GATEWAY.client().logIn();
        var without = client.send("DELETE", "/session", BodyPublishers.noBody(), Map.of("X-CSRF-Token", "x"));
        assertThat(without.status()).isEqualTo(403);
        assertThat(client.get("/session").status()).isEqualTo(200);
    }

    @Test
    void aForeignPageCannotChangeAnything() {
        ApiClient client = GATEWAY.client().logIn();
        for (Map<String, String> headers : List.of(
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Origin", client.origin() + ".evil.example"),
                Map.of("Sec-Fetch-Site", "cross-site"))) {
            assertThat(client.send("DELETE", "/session", BodyPublishers.noBody(), headers)
                            .status())
                    .as(headers.toString())
                    .isEqualTo(403);
        }
        assertThat(client.send("DELETE", "/session", BodyPublishers.noBody(), Map.of("Origin", client.origin()))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void everyChangeIsAudited() {
        ApiClient client = GATEWAY.client().logIn();
        assertThat(client.post("/vms", "{\"name\":\"../x\",\"disks\":[]}").status())
                .isEqualTo(400);
        assertThat(client.delete("/session").status()).isEqualTo(204);
        assertThat(GATEWAY.identity().audit())
                .extracting(AuditEntry::userName, AuditEntry::action, AuditEntry::outcome)
                .contains(
                        tuple("admin", "POST /api/v1/session", 201),
                        tuple("admin", "POST /api/v1/vms", 400),
                        tuple("admin", "DELETE /api/v1/session", 204));
    }

    @Test
    void pagesCarrySecurityHeaders() {
        ApiClient.Reply page = GATEWAY.client().get("//");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().get("content-security-policy"))
                .contains("frame-ancestors 'none'", "script-src 'self'")
                .doesNotContain("script-src 'self' '");
        assertThat(page.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .doesNotContainKey("strict-transport-security");
    }
}
