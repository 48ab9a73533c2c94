package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.images.ImagesApi.Sums;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Lists as publishers write them. */
class ChecksumListTest {
    private static final String A = "a1".repeat(32);
    private static final String B = "b2".repeat(32);
    private static final String LONG = "c3".repeat(64);
    private static final String SHORT = "d4".repeat(16);

    private static Sums of(String list) {
        return ChecksumList.parse(list).of("debian.qcow2");
    }

    private static Sums sha256(String digits) {
        return new Sums(digits, null, null);
    }

    @Test
    void readsWhatSha256sumWrites() {
        String list = "%s  other.qcow2\n%s  debian.qcow2\n%s  debian.qcow2.asc\n".formatted(B, A, B);
        assertThat(of(list)).isEqualTo(sha256(A));
        assertThat(of("%s *debian.qcow2\r\n".formatted(A))).isEqualTo(sha256(A));
        assertThat(of("%s\tdebian.qcow2".formatted(A.toUpperCase(Locale.ROOT)))).isEqualTo(sha256(A));
    }

    @Test
    void tellsTheChecksumByItsLength() {
        assertThat(of("%s  debian.qcow2".formatted(LONG))).isEqualTo(new Sums(null, LONG, null));
        assertThat(of("%s  debian.qcow2".formatted(SHORT))).isEqualTo(new Sums(null, null, SHORT));
    }

    @Test
    void readsLinesWithTheNameOfTheChecksum() {
        String list = """
                SHA512 (debian.qcow2) = %s
                SHA256 (debian.qcow2) = %s
                MD5 (debian.qcow2) = %s
                SHA1 (debian.qcow2) = %s
                SHA256 (other.qcow2) = %s
                """.formatted(LONG, A, SHORT, "e5".repeat(20), B);
        assertThat(of(list)).isEqualTo(new Sums(A, LONG, SHORT));
        assertThat(of("SHA2-256(debian.qcow2)= " + A)).isEqualTo(sha256(A));
    }

    @Test
    void readsSignedLists() {
        String list = """
                -----BEGIN PGP SIGNED MESSAGE-----
                Hash: SHA256

                # debian.qcow2: 442761216 bytes
                SHA256 (debian.qcow2) = %s
                -----BEGIN PGP SIGNATURE-----

                iQIzBAEBCAAdFiEE
                %s
                -----END PGP SIGNATURE-----
                """.formatted(A, B);
        assertThat(of(list)).isEqualTo(sha256(A));
    }

    @Test
    void takesOneChecksumByItselfForTheFileBesideIt() {
        assertThat(of(A + "\n")).isEqualTo(sha256(A));
        assertRefused(FailureCode.INVALID, "2 checksums, none of them", () -> of(A + "\n" + B));
        assertRefused(FailureCode.INVALID, "none of them", () -> of(A + "\n" + B + "  other.qcow2"));
    }

    @Test
    void takesTheFileBesideTheListWhereSeveralFoldersHaveOneOfThatName() {
        assertThat(of("%s  ./debian.qcow2\n%s  ./old/debian.qcow2".formatted(A, B)))
                .isEqualTo(sha256(A));
        assertThat(of("%s  images/debian.qcow2".formatted(A))).isEqualTo(sha256(A));
        assertRefused(
                FailureCode.INVALID,
                "2 different checksums",
                () -> of("%s  x/debian.qcow2\n%s  y/debian.qcow2".formatted(A, B)));
    }

    @Test
    void saysThatTheFileIsNotInIt() {
        assertRefused(
                FailureCode.INVALID, "2 checksums, none of them of a file debian.qcow2", () -> of("""
                %s  debian.qcow2.xz
                %s  my-debian.qcow2
                """.formatted(A, B)));
        assertRefused(FailureCode.INVALID, "0 checksums", () -> of("Moved to another place."));
    }

    @Test
    void takesNoDigitsOfAnotherLengthThanTheChecksumHas() {
        assertRefused(FailureCode.INVALID, "0 checksums", () -> of("SHA256 (debian.qcow2) = " + LONG));
        assertRefused(FailureCode.INVALID, "0 checksums", () -> of("e5".repeat(20) + "  debian.qcow2"));
        assertRefused(FailureCode.INVALID, "0 checksums", () -> of("BLAKE2b (debian.qcow2) = " + LONG));
    }
}
