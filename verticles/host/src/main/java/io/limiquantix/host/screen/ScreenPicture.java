package io.limiquantix.host.screen;

import io.limiquantix.bus.FailureException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A guest's screen at one moment. */
public final class ScreenPicture {
    private static final String PNG = "png";
    /** A screen of 8K has 33 million. What says to be larger is no screen, but an attempt to fill our memory. */
    private static final long MOST_PIXELS = 34_000_000;

    private final BufferedImage image;

    private ScreenPicture(BufferedImage image) {
        this.image = image;
    }

    /**
     * Reads PNG or PPM.
     *
     * @throws FailureException {@code CONFLICT} when it is neither, or larger than any screen
     */
    public static ScreenPicture read(byte[] file) {
        try {
            return new ScreenPicture(
                    PortablePixmap.isOne(file)
                            ? PortablePixmap.read(file, MOST_PIXELS)
                            : readPng(new ByteArrayInputStream(file)));
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static BufferedImage readPng(ByteArrayInputStream file) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(file)) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(PNG);
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                // Known before the pixels are read.
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IOException("it is larger than any screen");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }

    private static FailureException unreadable(String why) {
        return FailureException.conflict("QEMU's picture of the screen cannot be read: " + why + ".");
    }

    /** The same no wider and no higher than this many pixels, in its proportions; never larger than it was. */
    public ScreenPicture within(int pixels) {
        int longest = Math.max(image.getWidth(), image.getHeight());
        if (longest <= pixels) {
            return this;
        }
        int width = Math.max(1, Math.round((float) image.getWidth() * pixels / longest));
        int height = Math.max(1, Math.round((float) image.getHeight() * pixels / longest));
        BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = smaller.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            pen.drawImage(image, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return new ScreenPicture(smaller);
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /** As a PNG file. */
    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, PNG, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
