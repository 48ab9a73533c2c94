package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.bus.host.HostNetworkApi.Addressing;
import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.HostNetworkApi.Kind;
import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.bus.host.HostReport.OurNetwork;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.TestSubnet;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that come and go on a real host. */
class NetworkLifeIT {
    private final TestHost host;
    private final ProcessTool tool = new ProcessTool();
    private final UUID id = Uuid7.next();

    NetworkLifeIT(@TempDir Path folder) {
        this.host = TestHost.start(folder);
    }

    @AfterEach
    void stop() {
        host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(id));
        host.close();
    }

    @Test
    void aNatNetworkIsMadeOnceMadeAgainWhenSomebodyEndsItAndRemoved() {
        String subnet = TestSubnet.random();
        Definition nat = new Definition(
                id, "nat", Kind.NAT, null, null, new Addressing(subnet + ".1", 24, subnet + ".2", subnet + ".254"));
        host.ask(HostNetworkApi.ENSURE, nat);
        host.ask(HostNetworkApi.ENSURE, nat);
        NetworkReport made = report().orElseThrow();
        assertThat(made.active()).isTrue();
        assertThat(made.forwardMode()).isEqualTo("nat");
        assertThat(made.bridge()).isEqualTo(NetworkNames.bridge(id)).hasSizeLessThanOrEqualTo(15);
        assertThat(problem()).isNull();
        assertThat(virsh("net-info", made.name())).containsPattern("Autostart: +yes");
        virsh("net-destroy", made.name());
        assertThat(problem()).contains("not active");
        host.ask(HostNetworkApi.ENSURE, nat);
        assertThat(problem()).isNull();
        tool.run(CommandLine.of("ip", "link", "delete", "dev", NetworkNames.bridge(id)));
        assertThat(problem()).contains("no bridge");
        host.ask(HostNetworkApi.ENSURE, nat);
        assertThat(problem()).isNull();
        host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(id));
        host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(id));
        assertThat(report()).isEmpty();
        assertThat(virsh("net-list", "--all")).doesNotContain(made.name());
    }

    @Test
    void aBridgeThatTheHostLacksIsAnErrorAndNotAnotherNetwork() {
        String bridge = "lqxt" + id.toString().substring(28);
        Definition onBridge = new Definition(id, "lan", Kind.BRIDGE, bridge, null, null);
        assertThatThrownBy(() -> host.ask(HostNetworkApi.ENSURE, onBridge))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("The host has no bridge " + bridge);
        assertThat(report()).isEmpty();
        tool.run(CommandLine.of("ip", "link", "add", "name", bridge, "type", "bridge"));
        try {
            host.ask(HostNetworkApi.ENSURE, onBridge);
            assertThat(report().orElseThrow().bridge()).isEqualTo(bridge);
            assertThat(problem()).isNull();
            Definition vlan = new Definition(id, "lan", Kind.BRIDGE, bridge, 7, null);
            assertThatThrownBy(() -> host.ask(HostNetworkApi.ENSURE, vlan))
                    .hasMessageContaining("no port that leads out of the host");
        } finally {
            tool.run(CommandLine.of("ip", "link", "delete", "dev", bridge));
        }
        assertThat(problem()).isEqualTo("The host has no bridge " + bridge + " any more.");
    }

    @Test
    void aNetworkThatSomebodyElseDefinedIsLeftAlone() {
        UUID foreign = UUID.fromString(virsh("net-uuid", "default"));
        assertThatThrownBy(() -> host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(foreign)))
                .hasMessageContaining("not ours");
        assertThat(virsh("net-list", "--name")).contains("default");
    }

    private Optional<NetworkReport> report() {
        return host.ask(HostApi.DESCRIBE, Nothing.NOTHING).networks().stream()
                .filter(network ->
                        network.ours() != null && network.ours().networkId().equals(id))
                .findFirst();
    }

    private @Nullable String problem() {
        return report().map(NetworkReport::ours).map(OurNetwork::problem).orElse(null);
    }

    private String virsh(String... words) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system").with(words))
                .strip();
    }
}
