package io.limiquantix.compute.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.CloudInit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static String masked(String userData) {
        CloudInit wish = new CloudInit(null, "admin", "$6$canary$" + "x".repeat(86), List.of(), true, List.of(), null)
                .withUserData(userData);
        return NoCloud.masked("(later)", "web", wish, List.of()).userData();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh_keys: {ed25519_private: canary, ed25519_public: ssh-ed25519 AAAA}",
                "rh_subscription: {username: eve, password: canary}",
                "ubuntu_pro: {token: canary}",
                "wireguard: {interfaces: [{name: wg0, content: 'PrivateKey = canary'}]}",
                "write_files: [{path: /a, content: \"API_KEY='canary canary'\"}]",
                "write_files: [{path: /a, encoding: b64, content: Y2FuYXJ5canary}]",
                "write_files:\n- path: /a\n  content: |\n    -----BEGIN RSA PRIVATE KEY-----\n    canary\n    -----END RSA PRIVATE KEY-----\n",
                "runcmd: ['curl -H \"Authorization: Bearer canary\" https://x']",
                "runcmd: [\"curl https://eve:canary@example.com/\"]",
                "runcmd: ['join --token canary --name web']",
                "chef: {validation_name: x, secrets: [canary]}",
                "#!/bin/sh\nexport DB_PASSWORD=canary\n",
                "users: [{name: eve, hashed_passwd: $6$canary$xxxxxxxxxxxxxxxx}]",
            })
    void secretsAreHidden(String userData) {
        assertThat(masked(userData)).doesNotContain("canary");
    }

    @Test
    void theRestIsShownAsItIs() {
        assertThat(
                        masked(
                                "runcmd: [[touch, /a]]\nwrite_files: [{path: /b, content: 'hello: world', permissions: 0600}]\n"))
                .contains("[touch, /a]", "hello: world", "0600", "hashed_passwd: \"********\"", "lock_passwd: false");
    }
}
