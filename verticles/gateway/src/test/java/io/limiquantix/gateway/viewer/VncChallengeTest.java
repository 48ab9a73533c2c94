package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Secret;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VncChallengeTest {
    /** {@code openssl enc -des-ecb -nopad} with the bits of each byte of the password turned round. */
    private static final String ANSWER = "656e8c83fa1d21038be4d5bb1e3335c1";

    private static final byte[] CHALLENGE = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    @Test
    void answersAsViewersDo() {
        assertThat(VncChallenge.answer(new Secret("aB3dEf9h"), CHALLENGE))
                .isEqualTo(HexFormat.of().parseHex(ANSWER));
    }

    @Test
    void anotherPasswordOrAnAnswerOfAnotherLengthDoesNotFit() {
        byte[] answer = HexFormat.of().parseHex(ANSWER);
        assertThat(VncChallenge.fits(new Secret("aB3dEf9h"), CHALLENGE, answer)).isTrue();
        assertThat(VncChallenge.fits(new Secret("aB3dEf9i"), CHALLENGE, answer)).isFalse();
        assertThat(VncChallenge.fits(new Secret("aB3dEf9h"), CHALLENGE, new byte[16]))
                .isFalse();
        assertThat(VncChallenge.fits(new Secret("aB3dEf9h"), CHALLENGE, new byte[0]))
                .isFalse();
    }
}
