package io.limiquantix.host.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.host.stream.ByteRange.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a file of 1000 bytes for what it asks; RFC 9110, 14.1.2. */
class ByteRangeTest {
    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1, bytes 0-0/1000",
        "bytes=10-19, 10, 10, bytes 10-19/1000",
        "bytes=990-, 990, 10, bytes 990-999/1000",
        "bytes=990-5000, 990, 10, bytes 990-999/1000",
        "bytes=-5, 995, 5, bytes 995-999/1000",
        "bytes=-5000, 0, 1000, bytes 0-999/1000"
    })
    void aPart(String header, long offset, long length, String contentRange) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(new Asked.Part(new ByteRange(offset, length)));
        assertThat(new ByteRange(offset, length).of(SIZE)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=999999999999999999-"})
    void aPartThatIsNotThere(String header) {
        assertThat(ByteRange.of(header, SIZE)).isInstanceOf(Asked.Nowhere.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=0-1,4-5",
                "lines=0-1",
                "bytes=9999999999999999999999-"
            })
    void whatIsNotUnderstoodIsAllOfIt(String header) {
        assertThat(ByteRange.of(header, SIZE)).isInstanceOf(Asked.All.class);
    }

    @Test
    void nothingAskedIsAllOfIt() {
        assertThat(ByteRange.of(null, SIZE)).isInstanceOf(Asked.All.class);
    }
}
