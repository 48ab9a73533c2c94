package io.limiquantix.compute.customization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamePatternTest {
    private static final CloudInit LINUX = new CloudInit(null, "admin", null, List.of(), false, List.of(), null);

    private static Customized by(String pattern) {
        return new Customized("web", HostNamePattern.accept(pattern), LINUX);
    }

    @ParameterizedTest
    @CsvSource({
        "{name},                web-07,  web-07",
        "{name}.example.org,    Web_1,   Web-1.example.org",
        "web-{n},               shop-07, web-07",
        "{name}-{n}.example.org, a.b-07, a.b-07-07.example.org",
        "mail,                  any-07,  mail",
    })
    void makesANameOfTheVmsNameAndNumber(String pattern, String vmName, String hostName) {
        assertThat(HostNamePattern.accept(pattern).of("web", vmName, Optional.of("07")))
                .isEqualTo(hostName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web_{n}", "-{name}", "{name}..org", "{name", "{host}-{n}", "a b", "", "{{name}}"})
    void whatNoGuestCouldBeCalledIsRefusedWhenItIsKept(String pattern) {
        assertThatThrownBy(() -> HostNamePattern.accept(pattern))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", "hostNamePattern"));
    }

    @Test
    void aNameThatBecomesTooLongIsRefusedWithTheReason() {
        assertThatThrownBy(() -> by("a-{name}").hostNames(List.of("b".repeat(63)), Optional.empty()))
                .hasMessageContaining("would be called a-bbb")
                .hasMessageContaining("up to 63 letters");
    }

    @Test
    void aMachineWithoutANumberCannotBeCalledByOne() {
        assertThatThrownBy(() -> by("web-{n}").hostNames(List.of("shop"), Optional.empty()))
                .hasMessageContaining("shop has none", "web-{01..20}");
    }

    @Test
    void eachOfARunHasItsOwnAndThoseThatWouldShareOneAreNamedTogether() {
        List<String> vms = List.of("shop-1", "shop-2", "shop-3");
        Optional<List<String>> numbers = Optional.of(List.of("1", "2", "3"));
        assertThat(by("web-{n}").hostNames(vms, numbers))
                .isEqualTo(Map.of("shop-1", "web-1", "shop-2", "web-2", "shop-3", "web-3"));
        assertThatThrownBy(() -> by("mail").hostNames(vms, numbers))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().details()).containsEntry("field", "customizationSpecId"))
                .hasMessageContaining("mail (shop-1, shop-2, shop-3)");
    }

    @Test
    void windowsTellsComputersApartByFifteenCharacters() {
        Customized windows = new Customized(
                "win", HostNamePattern.accept("office-windows-{n}"), new Cloudbase(null, List.of(), null));
        assertThatThrownBy(() -> windows.hostNames(List.of("a", "b"), Optional.of(List.of("1", "2"))))
                .hasMessageContaining("office-windows- (a, b)")
                .hasMessageContaining("15 characters");
    }

    @Test
    void theHostNameThatTheRequestSaysWins() {
        Customized own = new Customized("web", HostNamePattern.accept("web-{n}"), LINUX.withHostName("db.example.org"));
        assertThat(own.hostNames(List.of("shop"), Optional.empty())).containsEntry("shop", "db.example.org");
    }
}
