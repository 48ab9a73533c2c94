package io.limiquantix.host.screen;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A binary portable pixmap, {@code P6} of ppm(5), with one byte for a colour, as QEMU writes them. */
final class PortablePixmap {
    private static final int COLOURS = 3;
    private static final int ONE_BYTE = 255;
    private static final int LONGEST_NUMBER = 6;

    private final byte[] file;
    private int place = 2;

    private PortablePixmap(byte[] file) {
        this.file = file;
    }

    static boolean isOne(byte[] file) {
        return file.length > 2 && file[0] == 'P' && file[1] == '6';
    }

    /** @throws IOException with what is wrong with it */
    static BufferedImage read(byte[] file, long mostPixels) throws IOException {
        return new PortablePixmap(file).read(mostPixels);
    }

    private BufferedImage read(long mostPixels) throws IOException {
        int width = number();
        int height = number();
        int depth = number();
        place++;
        long pixels = (long) width * height;
        if (pixels == 0 || pixels > mostPixels || depth != ONE_BYTE) {
            throw new IOException("it says to be " + width + " × " + height + " with colours up to " + depth);
        }
        if (file.length - place < pixels * COLOURS) {
            throw new IOException("it ends too early");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour() << 16 | colour() << 8 | colour());
            }
        }
        return image;
    }

    private int colour() {
        return file[place++] & 0xff;
    }

    private int number() throws IOException {
        while (place < file.length && Character.isWhitespace(file[place])) {
            place++;
        }
        int begin = place;
        while (place < file.length && Character.isDigit(file[place])) {
            place++;
        }
        if (place == begin || place - begin > LONGEST_NUMBER) {
            throw new IOException("it does not say how large it is");
        }
        return Integer.parseInt(new String(file, begin, place - begin, StandardCharsets.US_ASCII));
    }
}
