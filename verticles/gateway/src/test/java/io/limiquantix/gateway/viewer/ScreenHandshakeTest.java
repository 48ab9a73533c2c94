package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScreenHandshakeTest {
    private static final String VERSION = HexFormat.of().formatHex("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));

    private record Qemu(ByteArrayInputStream says, StringBuilder heard) implements Peer {
        Qemu(String hex) {
            this(new ByteArrayInputStream(HexFormat.of().parseHex(hex)), new StringBuilder());
        }

        @Override
        public byte[] read(int count) {
            byte[] bytes = new byte[count];
            if (count > 0 && says.read(bytes, 0, count) < count) {
                throw new PeerGoneException("gone");
            }
            return bytes;
        }

        @Override
        public void write(byte[] bytes) {
            heard.append(HexFormat.of().formatHex(bytes));
        }

        @Override
        public void startTls(byte[] lastPlain) {
            throw new AssertionError("towards QEMU there is the host's own TLS");
        }
    }

    @Test
    void choosesNoneAmongWhatIsOffered() {
        Qemu qemu = new Qemu(VERSION + "020201" + "00000000" + "aa");
        assertThatCode(() -> ScreenHandshake.perform(qemu)).doesNotThrowAnyException();
        assertThat(qemu.heard()).hasToString(VERSION + "01");
        assertThat(qemu.says().available()).as("what follows is the viewer's").isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithQemu() {
        assertThatThrownBy(() -> ScreenHandshake.perform(new Qemu(VERSION + "0102")))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> ScreenHandshake.perform(new Qemu(VERSION + "0101" + "00000001")))
                .hasMessageContaining("refuses");
        assertThatThrownBy(() -> ScreenHandshake.perform(new Qemu(VERSION + "00")))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> ScreenHandshake.perform(new Qemu("00".repeat(12))))
                .hasMessageContaining("RFB");
    }
}
