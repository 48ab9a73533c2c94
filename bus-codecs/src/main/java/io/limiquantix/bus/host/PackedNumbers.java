package io.limiquantix.bus.host;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Many numbers in little room: IEEE 754, big endian, in Base64. NaN says that there is none. */
public record PackedNumbers(String base64) {
    /** With 24 bits of precision. */
    public static PackedNumbers ofFloats(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return new PackedNumbers(Base64.getEncoder().encodeToString(bytes.array()));
    }

    /** With 53 bits of precision, for counters. */
    public static PackedNumbers ofDoubles(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        for (double number : numbers) {
            bytes.putDouble(number);
        }
        return new PackedNumbers(Base64.getEncoder().encodeToString(bytes.array()));
    }

    /** @throws IllegalArgumentException when it is not Base64 */
    public float[] floats() {
        ByteBuffer bytes = bytes();
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }

    /** @throws IllegalArgumentException when it is not Base64 */
    public double[] doubles() {
        ByteBuffer bytes = bytes();
        double[] numbers = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(numbers);
        return numbers;
    }

    private ByteBuffer bytes() {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    }
}
