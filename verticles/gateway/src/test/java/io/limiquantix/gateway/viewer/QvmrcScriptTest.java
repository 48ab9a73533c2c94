package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/qvmrc} with a viewer that shows the file that it gets instead of a screen. */
class QvmrcScriptTest {
    private static final String VM = "0198c0de-0000-7000-8000-000000000001";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void makeViewer() throws IOException {
        Path viewer = Files.writeString(
                folder.resolve("remote-viewer"), "#!/bin/sh\nshift\nstat -c 'mode=%a' \"$1\"\ncat \"$1\"\nrm \"$1\"\n");
        Files.setPosixFilePermissions(viewer, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int code, String said) {}

    private Ended run(String link) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script().toString(), link);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private static Path script() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("scripts/qvmrc"))) {
            place = Objects.requireNonNull(place.getParent());
        }
        return place.resolve("scripts/qvmrc");
    }

    @Test
    void aLinkOfOursBecomesTheFileOfOurs() throws Exception {
        for (String host : new String[] {"lq.example", "::1"}) {
            var invitation = new Invitation(host, 8448, UUID.fromString(VM), "web & 1/ü \\x41", new Secret("aB3dEf9h"));
            assertThat(run(invitation.link())).isEqualTo(new Ended(0, "mode=600\n" + invitation.file()));
        }
    }

    @Test
    void aTitleCannotAddASetting() throws Exception {
        Ended ended = run("qvmrc://lq.example:8448/" + VM + "?ticket=aB3dEf9h&title=a%0Aproxy%3Dhttp%3A%2F%2Fevil");
        assertThat(ended.code()).isZero();
        assertThat(ended.said().lines()).hasSize(8).contains("title=a?proxy=http://evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qvmrc://$(touch pwned):8448/" + VM + "?ticket=aB3dEf9h&title=a",
                "qvmrc://a b:8448/" + VM + "?ticket=aB3dEf9h&title=a",
                "qvmrc://lq.example:8448/" + VM + "?ticket=aB3dEf9h&title=a\nproxy=x",
                "qvmrc://lq.example:8448/" + VM + "?ticket=a`id`bcd&title=a",
                "qvmrc://lq.example:8448/../../etc?ticket=aB3dEf9h&title=a",
                "qvmrc://lq.example:8448/" + VM + "?ticket=aB3dEf9h&title=%zz",
                "--debug",
                "/etc/passwd",
                "vnc://lq.example:5900"
            })
    void whatIsNotOurLinkOpensNothing(String link) throws Exception {
        Ended ended = run(link);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).startsWith("qvmrc: ").doesNotContain("[virt-viewer]");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("remote-viewer"));
        }
    }
}
