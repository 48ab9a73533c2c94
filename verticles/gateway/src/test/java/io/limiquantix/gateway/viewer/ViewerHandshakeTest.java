package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewerHandshakeTest {
    private static final String VERSION = HexFormat.of().formatHex("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));

    private static final byte[] CHALLENGE = "sixteen-bytes-ok".getBytes(StandardCharsets.US_ASCII);

    /** Says what it was made with, whatever it hears, and is gone after that. */
    private static final class Scripted implements Peer {
        private final byte[] says;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private int said;
        private int plain = -1;

        Scripted(String hex) {
            this.says = HexFormat.of().parseHex(hex);
        }

        @Override
        public byte[] read(int count) {
            if (said + count > says.length) {
                throw new PeerGoneException("gone");
            }
            said += count;
            return Arrays.copyOfRange(says, said - count, said);
        }

        @Override
        public void write(byte[] bytes) {
            heard.writeBytes(bytes);
        }

        @Override
        public void startTls(byte[] lastPlain) {
            heard.writeBytes(lastPlain);
            plain = heard.size();
        }

        String heard() {
            return HexFormat.of().formatHex(heard.toByteArray());
        }
    }

    private static byte[] perform(Scripted viewer) {
        return new ViewerHandshake(viewer).perform(CHALLENGE, Optional.empty());
    }

    private static void assertRefused(String says, String lastHeard) {
        Scripted viewer = new Scripted(says);
        assertThatThrownBy(() -> perform(viewer)).isInstanceOf(PeerGoneException.class);
        assertThat(viewer.heard()).endsWith(lastHeard);
        assertThat(viewer.plain).as("TLS").isEqualTo(-1);
    }

    @Test
    void theChallengeComesInsideOfTls() {
        String answer = "0f".repeat(16);
        Scripted viewer = new Scripted(VERSION + "13" + "0002" + "00000105" + answer);
        assertThat(HexFormat.of().formatHex(perform(viewer))).isEqualTo(answer);
        String plain = VERSION + "0113" + "0002" + "00" + "0100000105" + "01";
        assertThat(viewer.heard()).isEqualTo(plain + HexFormat.of().formatHex(CHALLENGE));
        assertThat(viewer.plain).isEqualTo(plain.length() / 2);
    }

    @Test
    void noChallengeComesTwice() {
        SecureRandom random = new SecureRandom();
        assertThat(VncChallenge.make(random)).hasSize(16).isNotEqualTo(VncChallenge.make(random));
    }

    @Test
    void whoSpeaksAnotherVersionIsToldWhy() {
        Scripted viewer = new Scripted(VERSION.replace("3030380a", "3030330a"));
        assertThatThrownBy(() -> perform(viewer)).hasMessage("This server speaks RFB 3.8 only.");
        assertThat(viewer.heard.toString(StandardCharsets.UTF_8)).endsWith("This server speaks RFB 3.8 only.");
    }

    @Test
    void withoutTlsThereIsNothing() {
        assertRefused(VERSION + "02", "0113");
        assertRefused(VERSION + "01", "0113");
        assertRefused(VERSION + "13" + "0001", "ff");
        assertRefused(VERSION + "13" + "0002" + "00000102", "00");
        assertRefused(VERSION + "13" + "0002" + "00000101", "00");
        assertRefused(VERSION + "13" + "0002" + "ffffffff", "00");
    }

    @Test
    void whoIsLockedOutIsToldForHowLong() {
        Scripted viewer = new Scripted(VERSION + "13");
        var handshake = new ViewerHandshake(viewer);
        assertThatThrownBy(() -> handshake.perform(CHALLENGE, Optional.of(Duration.ofSeconds(130))))
                .hasMessage("Too many wrong tickets. Try again in 3 minutes.");
        assertThat(viewer.said).as("bytes that were read").isEqualTo(12);
    }

    @Test
    void garbageEndsIt() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            String hex = HexFormat.of().formatHex(bytes);
            String says = (VERSION + "13000200000105").substring(0, 2 * random.nextInt(18)) + hex;
            assertThatThrownBy(() -> perform(new Scripted(says))).isInstanceOf(PeerGoneException.class);
        }
    }
}
