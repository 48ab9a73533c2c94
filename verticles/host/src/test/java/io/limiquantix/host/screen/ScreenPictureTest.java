package io.limiquantix.host.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenPictureTest {
    private static final int RED = 0xffcc1020;
    private static final int BLUE = 0xff1020cc;
    /** Where a PNG file says how wide it is (PNG specification, 11.2.2). */
    private static final int PNG_WIDTH = 16;

    @Test
    void keepsColoursAndProportionsWhenItIsMadeSmaller() throws IOException {
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(
                ScreenPicture.read(png(720, 400)).within(320).png()));
        assertThat(small.getWidth()).isEqualTo(320);
        assertThat(small.getHeight()).isEqualTo(178);
        assertThat(small.getRGB(40, 90)).isEqualTo(RED);
        assertThat(small.getRGB(280, 90)).isEqualTo(BLUE);
    }

    @Test
    void isNeverEnlarged() {
        ScreenPicture picture = ScreenPicture.read(png(100, 60)).within(320);
        assertThat(picture.width()).isEqualTo(100);
        assertThat(picture.height()).isEqualTo(60);
    }

    @Test
    void aScreenThatIsHigherThanWideIsNoHigherThanAskedFor() {
        ScreenPicture picture = ScreenPicture.read(png(600, 1200)).within(480);
        assertThat(picture.width()).isEqualTo(240);
        assertThat(picture.height()).isEqualTo(480);
    }

    @Test
    void readsWhatOlderQemusWrite() throws IOException {
        byte[] pixmap = "P6\n2 1\n255\n......".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer.wrap(pixmap).put(pixmap.length - 6, new byte[] {(byte) 0xcc, 0x10, 0x20, 0x10, 0x20, (byte) 0xcc});
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(ScreenPicture.read(pixmap).png()));
        assertThat(read.getRGB(0, 0)).isEqualTo(RED);
        assertThat(read.getRGB(1, 0)).isEqualTo(BLUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P6",
                "P6\n2 1\n255\n.....",
                "P6\n0 1\n255\n",
                "P6\n2 1\n65535\n............",
                "P6\n999999 999999\n255\n...",
                "P6\n9999999999 1\n255\n...",
                "GIF89a"
            })
    void whatIsNoPictureOfAScreenIsRefused(String file) {
        byte[] bytes = file.getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> ScreenPicture.read(bytes))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aPictureThatSaysToBeEnormousIsNotMadeRoomFor() {
        byte[] png = png(8, 8);
        ByteBuffer.wrap(png).putInt(PNG_WIDTH, 60_000).putInt(PNG_WIDTH + Integer.BYTES, 60_000);
        assertThatThrownBy(() -> ScreenPicture.read(png)).isInstanceOf(FailureException.class);
    }

    /** Red on the left, blue on the right. */
    private static byte[] png(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, x < width / 2 ? RED : BLUE);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
