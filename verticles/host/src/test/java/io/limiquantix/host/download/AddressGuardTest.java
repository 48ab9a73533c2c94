package io.limiquantix.host.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(guard.isOpen(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2001:200::1",
                "2a00:1450::1"
            })
    void allowsWhatIs(String address) {
        assertThat(guard.isOpen(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void allowsWhatTheAdministratorAllows() {
        AddressGuard open =
                new AddressGuard(List.of(AddressRange.parse("10.1.0.0/16"), AddressRange.parse("fd12::/16")));
        assertThat(open.isOpen(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
        assertThat(open.isOpen(InetAddress.ofLiteral("10.2.0.0"))).isFalse();
        assertThat(open.isOpen(InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(open.isOpen(InetAddress.ofLiteral("fd13::1"))).isFalse();
    }

    @Test
    void refusesANameThatLeadsInsideBesideOutside() {
        AddressGuard.Resolver both =
                name -> new InetAddress[] {InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("169.254.169.254")};
        assertThatThrownBy(() -> new AddressGuard(List.of(), both).require("mirror.test"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("mirror.test is not in the public network")
                .hasMessageNotContaining("169.254");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "::/129", "example.org/8", "10.0.0.0/", "10.0.0.0/x"})
    void takesNothingElseForANetwork(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
