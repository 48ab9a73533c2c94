package io.limiquantix.images;

import static io.limiquantix.images.ImagesProcess.SHA;
import static io.limiquantix.images.ImagesProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Source;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which system an image holds, and who says so. */
class SystemsIT {
    private static final IsoReport ROCKY =
            new IsoReport("Rocky-9-3-x86_64-dvd", null, "[release]\nname = Rocky Linux\nversion = 9.3\n", null);
    private static final long GIB = 1L << 30;

    private final FakeStorage storage = new FakeStorage();
    private final ImagesProcess images = ImagesProcess.start(storage);

    @AfterEach
    void stop() {
        images.close();
    }

    private UUID draft(String name, @Nullable SystemFacts said) {
        var request =
                new ImagesApi.CreateImage(name, "", said, null, "iso", new ImagesApi.Sums(null, null, null), null);
        return images.plane
                .bus()
                .request(ImagesApi.CREATE, request, TestControlPlane.caller())
                .id();
    }

    private OperatingSystem system(UUID id) {
        return Objects.requireNonNull(images.image(id).operatingSystem());
    }

    private OperatingSystem say(UUID id, SystemFacts facts) {
        ImageView image =
                images.describe(new ImagesApi.DescribeImage(id, null, null, null, facts, null, null, null, null));
        return Objects.requireNonNull(image.operatingSystem());
    }

    private void upload(UUID id) {
        images.succeeded(images.upload(id, new FakeStorage.Bytes("iso", SHA)));
    }

    @Test
    void anIsoSaysWhatItIs() {
        storage.iso = ROCKY;
        UUID id = draft("dvd", null);
        assertThat(images.image(id).operatingSystem()).isNull();
        upload(id);
        assertThat(system(id).distribution()).isEqualTo("Rocky Linux");
        assertThat(system(id).version()).isEqualTo("9.3");
        assertThat(system(id).leastMemoryBytes()).isEqualTo(2 * GIB);
        assertThat(system(id).learnedFrom())
                .isEqualTo(new OperatingSystem.LearnedFrom(Source.ISO, Source.TABLE, null, Source.TABLE));
    }

    @Test
    void whatAUserSaidIsNotContradictedAndCanBeTakenBack() {
        storage.iso = ROCKY;
        UUID id = draft("dvd", SystemFacts.of(Family.LINUX, "Our Linux", "1"));
        upload(id);
        assertThat(system(id).distribution()).isEqualTo("Our Linux");
        OperatingSystem said = say(id, new SystemFacts(null, "debian", "13", 3 * GIB, null, null));
        assertThat(said.distribution()).isEqualTo("Debian");
        assertThat(said.family()).isEqualTo(Family.LINUX);
        assertThat(said.leastMemoryBytes()).isEqualTo(3 * GIB);
        assertThat(say(id, SystemFacts.NOTHING).distribution()).isEqualTo("Rocky Linux");
        assertRefused(
                FailureCode.INVALID,
                "Say which system it is",
                () -> say(id, new SystemFacts(null, null, "13", null, null, null)));
        assertThat(system(id).distribution()).isEqualTo("Rocky Linux");
    }

    @Test
    void libosinfoIsAskedWhereNobodyElseKnows() {
        storage.iso = new IsoReport("ODD-7", null, null, SystemFacts.of(Family.OTHER, "Odd", "7"));
        UUID odd = draft("odd", null);
        upload(odd);
        assertThat(system(odd).learnedFrom().system()).isEqualTo(Source.OSINFO);
        UUID named = draft("debian-12", null);
        upload(named);
        assertThat(system(named).distribution()).isEqualTo("Debian");
    }

    @Test
    void theNameOfTheFileSaysMoreThanThatOfTheImage() {
        String url = "https://example.org/noble-server-cloudimg-amd64.img";
        storage.files.put(url, ImagesProcess.GOOD);
        UUID id = images.draftOf("qcow2", new ImagesApi.Sums(null, null, null)).id();
        images.succeeded(images.download(id, url));
        assertThat(system(id).distribution()).isEqualTo("Ubuntu");
        assertThat(system(id).version()).isEqualTo("24.04");
        assertThat(system(id).learnedFrom().system()).isEqualTo(Source.NAME);
        String path = "/srv/images/Rocky-9-GenericCloud.latest.x86_64.qcow2";
        storage.files.put(path, new FakeStorage.Bytes("iso", SHA));
        UUID imported = draft("mine", null);
        images.succeeded(images.importFile(imported, storage.one, path));
        assertThat(system(imported).distribution()).isEqualTo("Rocky Linux");
    }

    @Test
    void aNewNameSaysSomethingWhereNoneDid() {
        UUID id = draft("x", null);
        ImageView named = images.describe(
                new ImagesApi.DescribeImage(id, null, "alpine-3.20", null, null, null, null, null, null));
        assertThat(Objects.requireNonNull(named.operatingSystem()).version()).isEqualTo("3.20");
        images.describe(new ImagesApi.DescribeImage(id, null, "debian-12", null, null, null, null, null, null));
        assertThat(system(id).distribution()).as("is another name for the same").isEqualTo("Alpine Linux");
    }

    @ParameterizedTest
    @CsvSource({
        "Debian 12, linux, Debian, 12",
        "Ubuntu 24.04, linux, Ubuntu, 24.04",
        "Windows Server 2022, windows, Windows Server, 2022",
        "FreeBSD 14.1, bsd, FreeBSD, 14.1",
        "Debian 12 (bookworm), linux, Debian 12 (bookworm),",
        "  Haiku  , other, Haiku,",
        "' ', , , ",
    })
    void whatWasOneTextBefore(
            String text, @Nullable String family, @Nullable String distribution, @Nullable String version)
            throws IOException {
        UUID id = Uuid7.next();
        run("alter table images.images drop column systems, drop column owner_id, drop column owner_name,"
                + " drop column visibility, drop column tags, add column operating_system text");
        run("insert into images.images (id, name, description, format, state, operating_system)" + " values ('" + id
                + "', 'old', '', 'raw', 'DRAFT', '" + text + "')");
        for (String statement : migration().split(";\n", -1)) {
            if (!statement.isBlank()) {
                run(statement);
            }
        }
        OperatingSystem system = images.image(id).operatingSystem();
        if (distribution == null) {
            assertThat(system).isNull();
            return;
        }
        assertThat(system).isNotNull();
        assertThat(String.valueOf(system.family()).toLowerCase(Locale.ROOT)).isEqualTo(family);
        assertThat(system.distribution()).isEqualTo(distribution);
        assertThat(system.version()).isEqualTo(version);
        assertThat(system.learnedFrom().system()).isEqualTo(Source.USER);
    }

    private void run(String statement) {
        images.plane.controlPlane().database().run(tx -> tx.update(statement));
    }

    private static String migration() throws IOException {
        try (InputStream text = ImagesVerticle.class.getResourceAsStream("/db/images/V10__systems_and_owners.sql")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
