package io.limiquantix.host.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.HostNetworkApi.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make a VLAN's bridge. */
class VlanBridgesTest {
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-0123456789ab");
    private static final String OWN = "lqx0123456789ab";
    private static final String ALIAS = "limiquantix " + ID;
    private final List<String> commands = new ArrayList<>();
    private final Definition network = new Definition(ID, "lan7", Kind.BRIDGE, "br0", 7, null);

    private final Path root;

    VlanBridgesTest(@TempDir Path root) {
        this.root = root;
    }

    private VlanBridges vlans() {
        return new VlanBridges(
                command -> {
                    commands.add(command.toString());
                    return "";
                },
                new NetworkInterfaces(root));
    }

    @BeforeEach
    void bridgeWithAnUplinkAndAGuest() throws IOException {
        Files.createDirectories(root.resolve("br0/bridge"));
        Files.createDirectories(root.resolve("br0/brif/eth0"));
        Files.createDirectories(root.resolve("br0/brif/vnet3"));
        Files.createDirectories(root.resolve("eth0"));
        Files.createDirectories(root.resolve("vnet3"));
        Files.writeString(root.resolve("vnet3/tun_flags"), "0x1002\n");
    }

    @Test
    void theUplinkGetsAVlanThatABridgeOfItsOwnJoins() {
        vlans().ensure(network, "br0", 7);
        assertThat(commands)
                .containsExactly(
                        "ip link add name " + OWN + " type bridge forward_delay 0 stp_state 0",
                        "ip link set dev " + OWN + " alias " + ALIAS,
                        "ip link set dev " + OWN + " addrgenmode none",
                        "ip link add link eth0 name eth0.7 type vlan id 7",
                        "ip link set dev eth0.7 alias " + ALIAS,
                        "ip link set dev eth0.7 master " + OWN,
                        "ip link set dev eth0.7 up",
                        "ip link set dev " + OWN + " up");
    }

    @Test
    void whatSomebodyElseMadeIsUsedButNotTakenFromAnotherBridge() throws IOException {
        Files.createDirectories(root.resolve("eth0.7"));
        Files.createDirectories(root.resolve("br7"));
        Files.createSymbolicLink(root.resolve("eth0.7/master"), root.resolve("br7"));
        assertThatThrownBy(() -> vlans().ensure(network, "br0", 7)).hasMessageContaining("a port of br7 already");
        assertThat(commands).noneMatch(command -> command.contains("type vlan") || command.contains("master"));
    }

    @Test
    void onlyWhatCarriesItsAliasIsRemoved() throws IOException {
        for (String name : List.of(OWN, "eth0.7", "eth1.7")) {
            Files.createDirectories(root.resolve(name));
        }
        Files.writeString(root.resolve(OWN + "/ifalias"), ALIAS + "\n");
        Files.writeString(root.resolve("eth0.7/ifalias"), ALIAS + "\n");
        vlans().remove(ID);
        assertThat(commands).containsExactly("ip link delete dev eth0.7", "ip link delete dev " + OWN);
    }

    @Test
    void namesFitTheKernel() {
        assertThat(VlanBridges.name("enp0s31f6", 4094)).isEqualTo("enp0s31f6.4094");
        assertThat(VlanBridges.name("enp193s0f1np1", 4094))
                .hasSizeLessThanOrEqualTo(15)
                .endsWith(".4094");
        assertThat(VlanBridges.name("enp193s0f1np1", 7)).isEqualTo("enp193s0f1np1.7");
    }

    @Test
    void aBridgeWithoutAWayOutIsRefused() throws IOException {
        Files.delete(root.resolve("br0/brif/eth0"));
        assertThatThrownBy(() -> vlans().ensure(network, "br0", 7)).hasMessageContaining("no port that leads out");
        assertThat(commands).isEmpty();
    }
}
