package io.limiquantix.runtime.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @Test
    void saysWhomToAskForWhat() {
        WebAddress address = WebAddress.parse(" https://mirror.test:8443/a%20b/c.qcow2?token=s3cret#part ");
        assertThat(address.isEncrypted()).isTrue();
        assertThat(address.host()).isEqualTo("mirror.test");
        assertThat(address.port()).isEqualTo(8443);
        assertThat(address.target()).isEqualTo("/a%20b/c.qcow2?token=s3cret");
        assertThat(address.toString()).isEqualTo("https://mirror.test:8443/a%20b/c.qcow2");
        WebAddress bare = WebAddress.parse("http://[2a00::1]");
        assertThat(bare.host()).isEqualTo("2a00::1");
        assertThat(bare.port()).isEqualTo(80);
        assertThat(bare.target()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "image.qcow2",
                "/etc/passwd",
                "file:///etc/passwd",
                "ftp://mirror.test/x",
                "gopher://mirror.test/x",
                "jar:http://mirror.test/x!/y",
                "https:///x",
                "https://",
                "https:mirror.test",
                "https://user:password@mirror.test/x",
                "https://mirror.test:0/x",
                "https://mirror.test:65536/x",
                "https://mirror.test/a b",
                "https://mirror.test/a\r\nHost: other",
                "https://mir_ror.test\\@other/x"
            })
    void takesNothingElse(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.INVALID);
            assertThat(e.failure().details()).containsEntry("field", "url");
        });
    }

    @Test
    void knowsTheNameOfTheFile() {
        assertThat(WebAddress.parse("https://mirror.test/pub/debian%2013.iso?x=/y")
                        .fileName())
                .isEqualTo("debian 13.iso");
        assertThat(WebAddress.parse("https://mirror.test/pub%2Fa.iso").fileName())
                .isEqualTo("a.iso");
        assertThat(WebAddress.parse("https://mirror.test/pub/").fileName()).isEmpty();
        assertThat(WebAddress.parse("https://mirror.test").fileName()).isEmpty();
    }

    @Test
    void goesWhereAServerSendsOnTo() {
        WebAddress address = WebAddress.parse("https://mirror.test/pub/image.qcow2");
        assertThat(address.redirected("other.qcow2").target()).isEqualTo("/pub/other.qcow2");
        assertThat(address.redirected("//cdn.test/x").host()).isEqualTo("cdn.test");
        assertThatThrownBy(() -> address.redirected("http://mirror.test/x")).hasMessageContaining("from https to http");
        assertThatThrownBy(() -> address.redirected("file:///etc/passwd")).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> address.redirected("https://a b/")).isInstanceOf(FailureException.class);
    }
}
