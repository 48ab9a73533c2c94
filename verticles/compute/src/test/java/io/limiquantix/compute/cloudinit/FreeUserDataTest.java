package io.limiquantix.compute.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.VmView.Nic;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's own user-data: what is refused and why, and what becomes of the rest. */
class FreeUserDataTest {
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String HASH = "$6$salt$" + "x".repeat(86);

    private static CloudInit wish(String userData) {
        return new CloudInit(
                null,
                "admin",
                HASH,
                List.of(),
                false,
                List.of("nginx"),
                null,
                List.of(),
                List.of("echo ours"),
                "de_AT.UTF-8",
                "Europe/Vienna",
                userData,
                false,
                false);
    }

    private static String userData(String theirs) {
        return NoCloud.of(ID, "web", wish(theirs), List.of(new Nic("default", "52:54:00:00:00:01")))
                .userData();
    }

    private static String refusal(String theirs) {
        FailureException refusal = catchThrowableOfType(FailureException.class, () -> userData(theirs));
        assertThat(refusal).as(theirs).isNotNull();
        assertThat(refusal.failure().details()).containsEntry("field", "cloudInit.userData");
        assertThat(refusal.failure().message()).doesNotContain("canary");
        return refusal.failure().message();
    }

    @Test
    void listsGoOnAfterOurs() {
        String merged = userData("""
                #cloud-config
                packages: [htop, [curl, "7.88"]]
                runcmd:
                - [touch, /a b]
                users:
                - name: eve
                  ssh_authorized_keys: [ssh-ed25519 AAAA]
                write_files:
                - path: /etc/x
                  permissions: 0644
                  content: |
                    one
                    two
                """);
        assertThat(merged)
                .contains("""
                packages:
                - "nginx"
                - htop
                - [curl, "7.88"]
                runcmd:
                - "echo ours"
                - [touch, /a b]
                """)
                .contains("permissions: !!int '0644'")
                .contains("    one\n    two\n")
                .containsSubsequence("\"admin\"", "eve");
    }

    @Test
    void whatSaysTheSameAsTheFormIsAccepted() {
        assertThat(userData("timezone: Europe/Vienna\nmanage_etc_hosts: localhost\n"))
                .contains("timezone: \"Europe/Vienna\"")
                .contains("manage_etc_hosts: localhost")
                .doesNotContain("manage_etc_hosts: true");
    }

    @ParameterizedTest
    @CsvSource({
        "timezone: UTC, timezone, cloudInit.timeZone",
        "hostname: other, hostname, cloudInit.hostName",
        "ssh_pwauth: true, ssh_pwauth, cloudInit.sshPasswordLogin",
        "locale: C, locale, cloudInit.locale",
        "'users: [{name: admin}]', admin, cloudInit.user"
    })
    void whatContradictsTheFormIsRefusedWithBothNames(String theirs, String key, String field) {
        assertThat(refusal("# a comment\n" + theirs)).startsWith("Line 2: ").contains(key, field);
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestOne() {
        assertThat(refusal("packages: [a]\npackage: [b]\n")).contains("Line 2", "\"package\"", "\"packages\"");
        assertThat(refusal("runcmds: [canary]")).contains("\"runcmds\"", "\"runcmd\"");
        assertThat(refusal("frobnicate_the_whole: 1")).doesNotContain("Did you mean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: canary",
                "chpasswd: {list: 'a:canary'}",
                "chpasswd: {users: [{name: a, password: canary, type: text}]}",
                "chpasswd: {users: [{name: a, password: canary}]}",
                "users: [{name: eve, plain_text_passwd: canary}]",
                "users: [{name: eve, passwd: canary}]",
                "user: {name: eve, hashed_passwd: canary}",
            })
    void aPasswordInPlainTextIsRefusedWithWhatToDo(String theirs) {
        assertThat(refusal(theirs)).contains("hash");
    }

    @Test
    void aCommandThatYamlTakesForAMappingIsRefused() {
        assertThat(refusal("runcmd:\n- echo one\n- echo 'two: three'\n")).contains("Line 3", "runcmd", "quotes");
    }

    @Test
    void hashesAreAccepted() {
        assertThatCode(() -> userData("chpasswd: {expire: false, users: [{name: a, password: " + HASH
                        + "}, {name: b, type: RANDOM}]}\nusers: [{name: eve, hashed_passwd: " + HASH + "}]\n"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runcmd: [canary",
                "runcmd:\n\t- canary",
                "- canary",
                "canary",
                "runcmd: !!python/object/apply:os.system [canary]",
                "runcmd: !other [a]",
                "runcmd: [a]\nruncmd: [b]",
                "runcmd: canary",
                "? [a, b]\n: c",
                "runcmd: *nothing",
                "runcmd: &a [*a]",
                "#include\nhttp://example.com/canary",
                "## template: jinja\n#cloud-config\n",
                "Content-Type: multipart/mixed",
                "#cloud-config\n---\na: b\n---\nc: d"
            })
    void whatIsNoAcceptableCloudConfigIsRefused(String theirs) {
        assertThat(refusal(theirs)).hasSizeLessThan(300);
    }

    @Test
    void aFewLinesCannotBecomeMillions() {
        StringBuilder bomb = new StringBuilder("write_files:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("- &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(refusal(bomb.toString())).contains("too many references");
        assertThat(refusal("runcmd: " + "[".repeat(5_000) + "]".repeat(5_000))).contains("too deep");
        assertThat(refusal("runcmd: [" + "x".repeat(70_000) + "]")).contains("64 KiB");
    }

    @Test
    void referencesAreFollowedWhenTheirSizeIsCounted() {
        StringBuilder bomb = new StringBuilder("write_files:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("- &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(4))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(refusal(bomb.toString())).contains("too much");
    }

    @Test
    void aFewReferencesAreFine() {
        assertThat(userData("runcmd: [&once [echo, a], *once]\n"))
                .contains("- &id001 [echo, a]\n- *id001\n")
                .doesNotContain("once");
    }

    @Test
    void aScriptStandsBesideTheCloudConfig() {
        assertThat(userData("#!/bin/sh\necho hello\n"))
                .startsWith("Content-Type: multipart/mixed")
                .contains(
                        "text/cloud-config",
                        "text/x-shellscript",
                        "\n\n#!/bin/sh\necho hello\n",
                        "\n\n#cloud-config\n");
    }
}
