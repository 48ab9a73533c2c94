package io.limiquantix.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a compiler does not hold. */
class ArchitectureTest {
    private static final List<String> VERTICLES =
            List.of("compute", "gateway", "guest", "host", "identity", "images", "scheduler", "storage");

    private final JavaClasses code = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Made by protoc, not by us.
            .withImportOption(location -> !location.contains("/io/limiquantix/node/"))
            .importPackages("io.limiquantix");

    @Test
    void noVerticleDependsOnAnother() {
        for (String verticle : VERTICLES) {
            String[] others = VERTICLES.stream()
                    .filter(other -> !other.equals(verticle))
                    .map(other -> "io.limiquantix." + other + "..")
                    .filter(other -> !(verticle.equals("host") && other.equals("io.limiquantix.storage..")))
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.limiquantix." + verticle + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("what two verticles say to each other is a record in bus-codecs")
                    .check(code);
        }
    }

    @Test
    void theHostUsesTheDriversAndNotTheStorageVerticle() {
        noClasses()
                .that()
                .resideInAPackage("io.limiquantix.host..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.limiquantix.storage")
                .check(code);
    }

    @Test
    void driversAndContractKnowNeitherVertxNorVerticles() {
        noClasses()
                .that()
                .resideInAnyPackage("io.limiquantix.bus..", "io.limiquantix.storage.driver..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.limiquantix.runtime..")
                .check(code);
    }

    @Test
    void onlyOnePackageSpeaksToLibvirt() {
        noClasses()
                .that()
                .resideInAPackage("io.limiquantix..")
                .and()
                .resideOutsideOfPackage("io.limiquantix.host.libvirt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.libvirt..", "com.sun.jna..")
                .check(code);
    }

    @Test
    void onlyTheBusTouchesTheEventBus() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.limiquantix.runtime.bus..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(EventBus.class)
                .because("addresses are typed and every message has its envelope")
                .check(code);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Util|Utils|Manager|Helper|Common|Misc)(\\$.*)?")
                .check(code);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.limiquantix..")
                .should()
                .beFinal()
                .check(code);
    }
}
