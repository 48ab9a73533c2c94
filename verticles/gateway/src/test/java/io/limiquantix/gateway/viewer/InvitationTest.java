package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private static final UUID VM = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    private static Invitation of(String host, String name) {
        return new Invitation(host, 8448, VM, name, new Secret("aB3dEf9h"));
    }

    @Test
    void aFileIsWhatRemoteViewerReads() {
        assertThat(of("lq.example", "web 1").file()).isEqualTo("""
                        [virt-viewer]
                        type=vnc
                        host=lq.example
                        port=8448
                        password=aB3dEf9h
                        title=web 1
                        delete-this-file=1
                        """);
    }

    @Test
    void aNameCannotAddALineToTheFile() {
        assertThat(of("::1", " a\\b\nproxy=http://evil\r[x]").file().lines())
                .hasSize(7)
                .contains("host=::1", "title=\\sa\\\\b proxy=http://evil [x]");
    }

    @Test
    void aLinkIsEncoded() {
        assertThat(of("::1", "web 1&ticket=x/ü").link())
                .isEqualTo("qvmrc://[::1]:8448/" + VM + "?ticket=aB3dEf9h&title=web%201%26ticket%3Dx%2F%C3%BC");
    }

    @Test
    void aViewerIsSentWhereTheBrowserIsUnlessItIsConfigured() {
        assertThat(new ViewerAddress(null, 8448).host("[2001:db8::1]")).isEqualTo("2001:db8::1");
        assertThat(new ViewerAddress(null, 8448).host("lq.example")).isEqualTo("lq.example");
        assertThat(new ViewerAddress("viewers.example", 8448).host("lq.example"))
                .isEqualTo("viewers.example");
        var unknown = new ViewerAddress(null, 8448);
        assertThatThrownBy(() -> unknown.host("evil\nproxy=x")).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> unknown.host(null)).hasMessageContaining("gateway.viewerName");
        assertThatThrownBy(new ViewerAddress(null, 0)::requirePort).hasMessageContaining("gateway.viewerPort");
    }
}
