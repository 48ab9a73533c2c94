package io.limiquantix.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "disk.qcow2 | attachment; filename=\"disk.qcow2\"; filename*=UTF-8''disk.qcow2",
                "a b\".raw | attachment; filename=\"a_b_.raw\"; filename*=UTF-8''a%20b%22.raw",
                "größe.raw | attachment; filename=\"gr__e.raw\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.raw",
                "../x\\y.raw | attachment; filename=\".._x_y.raw\"; filename*=UTF-8''..%2Fx%5Cy.raw"
            })
    void aBrowserSavesItUnderTheNameAndNowhereElse(String name, String header) {
        assertThat(FileName.disposition(name)).isEqualTo(header);
    }
}
