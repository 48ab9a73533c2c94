package io.limiquantix.system;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What is on a screen, of a guest or of this machine. */
final class ScreenPicture {
    private static final int RGB = 0xffffff;
    /** A cursor blinks, and a clock may go on. */
    private static final double ALIKE = 0.99;

    private static final int SAMPLES = 400;

    private final int width;
    private final int height;
    /** Row by row from the top, 0xRRGGBB. */
    private final int[] pixels;

    private ScreenPicture(int width, int height, int[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    /**
     * X's format of dumps of a window (X11/XWDFile.h, version 7), of 8 bits for a colour with blue first. Where windows have other visuals
     * than the screen, xwd packs a pixel into 24 bits, else it has 32.
     */
    static ScreenPicture ofXwd(byte[] dump) {
        ByteBuffer header = ByteBuffer.wrap(dump);
        int width = header.getInt(4 * 4);
        int height = header.getInt(5 * 4);
        int pixelBytes = header.getInt(11 * 4) / Byte.SIZE;
        int rowBytes = header.getInt(12 * 4);
        int colours = header.getInt(19 * 4);
        if (header.getInt(7 * 4) != 0 || pixelBytes < 3) {
            throw new AssertionError("no screen with blue first and 8 bits for a colour");
        }
        int start = header.getInt(0) + 12 * colours;
        int[] pixels = IntStream.range(0, width * height)
                .map(i -> start + i / width * rowBytes + i % width * pixelBytes)
                .map(at -> (dump[at + 2] & 0xff) << 16 | (dump[at + 1] & 0xff) << 8 | (dump[at] & 0xff))
                .toArray();
        return new ScreenPicture(width, height, pixels);
    }

    static ScreenPicture ofPng(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new AssertionError(file + " is no PNG");
            }
            int width = image.getWidth();
            int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
            return new ScreenPicture(
                    width,
                    image.getHeight(),
                    IntStream.of(pixels).map(pixel -> pixel & RGB).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other one is somewhere in it, at its full size. */
    boolean shows(ScreenPicture other) {
        int[] lit = IntStream.range(0, other.pixels.length)
                .filter(i -> other.pixels[i] != 0)
                .toArray();
        if (lit.length == 0) {
            return false;
        }
        int[] samples = IntStream.range(0, SAMPLES)
                .map(i -> lit[(int) ((long) i * lit.length / SAMPLES)])
                .toArray();
        return IntStream.rangeClosed(0, height - other.height)
                .anyMatch(top -> IntStream.rangeClosed(0, width - other.width)
                        .anyMatch(left -> alike(other, left, top, samples)
                                && alike(
                                        other,
                                        left,
                                        top,
                                        IntStream.range(0, other.pixels.length).toArray())));
    }

    private boolean alike(ScreenPicture other, int left, int top, int[] places) {
        int wrong = 0;
        for (int i : places) {
            int here = pixels[(top + i / other.width) * width + left + i % other.width];
            if (here != other.pixels[i] && ++wrong > places.length * (1 - ALIKE)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels, of which "
                + IntStream.of(pixels).filter(pixel -> pixel != 0).count() + " are lit";
    }
}
