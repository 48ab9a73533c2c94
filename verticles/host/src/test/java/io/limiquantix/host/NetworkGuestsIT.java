package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.Nic;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.bus.host.HostNetworkApi.Addressing;
import io.limiquantix.bus.host.HostNetworkApi.Definition;
import io.limiquantix.bus.host.HostNetworkApi.Kind;
import io.limiquantix.bus.host.HostNetworkApi.Lease;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.host.NicHardware.Model;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.host.testing.TestSubnet;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two real guests on a network of ours. What they send is looked for at the other one and at the bridge between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkGuestsIT {
    private static final String FALSE_MAC = "52:54:00:fa:15:e0";
    private static final SpoofProtection LEARNED = new SpoofProtection(List.of(), null);

    private final UUID network = Uuid7.next();
    private final String subnet = TestSubnet.random();
    private final String falseIp = subnet + ".250";
    private final TestHost host;
    private final ProcessTool tool = new ProcessTool();
    private UUID vm = Uuid7.next();
    private String mac = "";
    private GuestShell sender = new GuestShell(vm);
    private GuestShell receiver = new GuestShell(vm);
    private String receiverIp = "";

    NetworkGuestsIT(@TempDir Path folder) {
        this.host =
                TestHost.start(folder, "importFolders: [" + Path.of("target").toAbsolutePath() + "]");
    }

    @BeforeAll
    void start() {
        var addresses = new Addressing(subnet + ".1", 24, subnet + ".10", subnet + ".99");
        host.ask(HostNetworkApi.ENSURE, new Definition(network, "isolated", Kind.ISOLATED, null, null, addresses));
        UUID image = host.tinyImage();
        DomainSpec first = guest("sender", image);
        DomainSpec second = guest("receiver", image);
        vm = first.vmId();
        mac = first.nics().getFirst().mac();
        sender = GuestShell.of(first.vmId());
        receiver = GuestShell.of(second.vmId());
        receiverIp = address(receiver);
        address(sender);
    }

    private DomainSpec guest(String name, UUID image) {
        UUID id = host.newVm();
        DomainSpec spec = host.spec(name + "-" + id.toString().substring(30), id, host.volume(image), null);
        spec = spec.withNics(List.of(nic(spec.nics().getFirst().mac(), NicHardware.PLAIN, true)));
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        host.power(DomainApi.START, id);
        return spec;
    }

    private Nic nic(String address, NicHardware hardware, boolean guarded) {
        return new Nic(NetworkNames.libvirt(network), address, hardware, guarded ? LEARNED : null);
    }

    private String address(GuestShell guest) {
        return Eventually.get(
                        () -> guest.run("ip -4 -o addr show dev eth0 | awk '{print $4}' | head -n 1"),
                        text -> text.startsWith(subnet + "."))
                .split("/", 2)[0];
    }

    @AfterAll
    void stop() {
        host.removeVms();
        host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(network));
        host.close();
    }

    @Test
    void anHonestGuestGetsALeaseRenewsItAndTalks() {
        assertThat(sender.run("ping -c 1 -W 5 " + receiverIp)).contains("1 packets received");
        sender.run("udhcpc -n -q -t 10 -T 1 -i eth0 -s /etc/dhcp");
        assertThat(sender.run("ping -c 1 -W 5 " + receiverIp)).contains("1 packets received");
        var leases = host.ask(HostNetworkApi.LEASES, new HostNetworkApi.LeasesOf(NetworkNames.libvirt(network)));
        assertThat(leases.items()).extracting(Lease::mac).contains(mac);
        assertThat(leases.items()).extracting(Lease::hostName).contains("tiny");
        assertThat(leases.items())
                .allSatisfy(lease -> assertThat(lease.expiresAt()).isNotNull());
    }

    @Test
    void packetsWithAddressesOfOthersAreDroppedUnlessThatIsAllowed() {
        spoof();
        assertThat(heardOfFalseIp()).as("ARP from a false IP at the receiver").isEmpty();
        assertThat(bridgeTable()).as("what the bridge learned").contains(mac).doesNotContain(FALSE_MAC);
        change(NicHardware.PLAIN, false);
        spoof();
        assertThat(heardOfFalseIp()).contains(mac);
        assertThat(bridgeTable()).contains(FALSE_MAC);
        change(NicHardware.PLAIN, true);
        receiver.run("ip neigh flush dev eth0");
        spoof();
        assertThat(heardOfFalseIp()).isEmpty();
        sender.run("udhcpc -n -q -t 10 -T 1 -i eth0 -s /etc/dhcp");
        assertThat(sender.run("ping -c 1 -W 5 " + receiverIp)).contains("1 packets received");
    }

    /** Sends from an IP that is not its own, then from a MAC that is not its own. */
    private void spoof() {
        sender.run("ip addr add " + falseIp + "/24 dev eth0; arping -c 2 -w 2 -I eth0 -s " + falseIp + " " + receiverIp
                + "; ping -c 1 -W 1 -I " + falseIp + " " + receiverIp + "; ip addr del " + falseIp
                + "/24 dev eth0; true");
        String keep = "mine=$(ip -4 -o addr show dev eth0 | awk '{print $4}' | head -n 1); ";
        sender.run(keep + "ip link set eth0 down; ip link set eth0 address " + FALSE_MAC
                + "; ip link set eth0 up; arping -c 2 -w 2 -I eth0 " + receiverIp + "; ping -c 1 -W 1 " + receiverIp
                + "; ip link set eth0 down; ip link set eth0 address " + mac
                + "; ip link set eth0 up; ip addr add $mine dev eth0 2>/dev/null; true");
    }

    private String heardOfFalseIp() {
        return receiver.run("ip neigh show | grep '" + falseIp + " ' || true");
    }

    private String bridgeTable() {
        return tool.run(CommandLine.of("bridge", "fdb", "show", "br", NetworkNames.bridge(network)));
    }

    private void change(NicHardware hardware, boolean guarded) {
        host.ask(DomainApi.CHANGE_NIC, new DomainApi.DomainNic(vm, nic(mac, hardware, guarded)));
    }

    @Test
    void theCableIsPulledAndPluggedIn() {
        change(new NicHardware(Model.VIRTIO, false), true);
        Eventually.get(() -> sender.run("cat /sys/class/net/eth0/carrier"), "0"::equals);
        change(NicHardware.PLAIN, true);
        Eventually.get(() -> sender.run("cat /sys/class/net/eth0/carrier"), "1"::equals);
        sender.run("udhcpc -n -q -t 10 -T 1 -i eth0 -s /etc/dhcp");
    }

    @Test
    void aCardComesMovesToAnotherNetworkAndGoes() {
        String second = mac.substring(0, 15) + (mac.endsWith("a0") ? "a1" : "a0");
        Nic added = nic(second, NicHardware.PLAIN, true);
        host.ask(DomainApi.ATTACH_NIC, new DomainApi.DomainNic(vm, added));
        host.ask(DomainApi.ATTACH_NIC, new DomainApi.DomainNic(vm, added));
        Eventually.get(() -> cards(), text -> text.contains(second));
        for (String definition : List.of(virsh("dumpxml"), virsh("dumpxml", "--inactive"))) {
            assertThat(definition.split(second, -1)).hasSize(2);
        }
        Nic moved = new Nic("default", second, NicHardware.PLAIN, LEARNED);
        host.ask(DomainApi.CHANGE_NIC, new DomainApi.DomainNic(vm, moved));
        assertThat(virsh("domiflist")).containsPattern("default +virtio +" + second);
        assertThat(virsh("domiflist", "--inactive")).containsPattern("default +virtio +" + second);
        itTalksAlsoWithTheAddressOfItsSecondLease(second);
        host.ask(DomainApi.DETACH_NIC, new DomainApi.DetachNic(vm, second));
        assertThat(cards()).doesNotContain(second);
        assertThat(virsh("domiflist", "--inactive")).doesNotContain(second);
        host.ask(DomainApi.DETACH_NIC, new DomainApi.DetachNic(vm, second));
    }

    /** As a clone does that is given a name of its own, and a system that was just installed. libvirt's filter passes that lease over. */
    private void itTalksAlsoWithTheAddressOfItsSecondLease(String card) {
        String before = lease(card, "01");
        String after = lease(card, "02");
        assertThat(after).as("the lease of whom else it calls itself").isNotEqualTo(before);
        String router = after.substring(0, after.lastIndexOf('.')) + ".1";
        Eventually.holds(() -> sender.run("ping -c 1 -W 2 -I " + after + " " + router + " || true")
                .contains("1 packets received"));
        host.ask(
                DomainApi.CHANGE_NIC,
                new DomainApi.DomainNic(vm, new Nic("default", card, NicHardware.PLAIN, LEARNED)));
        assertThat(sender.run("ping -c 3 -W 2 -I " + after + " " + router)).contains(" 0% packet loss");
    }

    /** @param client what it calls itself, in hexadecimal */
    private String lease(String card, String client) {
        return sender.run("dev=$(grep -l " + card + " /sys/class/net/*/address | cut -d/ -f5); ip link set $dev up;"
                + " udhcpc -n -q -t 10 -T 1 -C -x 0x3d:00" + client + " -i $dev -s /etc/dhcp >/dev/null 2>&1;"
                + " ip -4 -o addr show dev $dev | awk '{print $4}' | cut -d/ -f1 | tail -n 1");
    }

    /** Not of a running guest: the kernel of the machine may lack what limits take. */
    @Test
    void aStoppedDomainGetsLimits() {
        UUID stopped = host.newVm();
        DomainSpec spec = host.spec("limits-" + stopped.toString().substring(30), stopped, host.volume(null), null);
        host.ask(DomainApi.DEFINE, new DomainApi.Define(spec));
        Nic before = spec.nics().getFirst();
        var limits = new Bandwidth(2048L * 1024, 1024L * 1024);
        var slower = new NicHardware(Model.E1000E, true, limits, null);
        host.ask(
                DomainApi.CHANGE_NIC,
                new DomainApi.DomainNic(stopped, new Nic(before.network(), before.mac(), slower, LEARNED)));
        String limited = definition(stopped);
        assertThat(limited)
                .contains("<inbound average='2048'/>", "<outbound average='1024'/>", "<model type='e1000e'/>")
                .contains("name='CTRL_IP_LEARNING' value='dhcp'");
        host.ask(DomainApi.CHANGE_NIC, new DomainApi.DomainNic(stopped, before));
        assertThat(definition(stopped)).doesNotContain("<bandwidth>", "filterref");
    }

    private String definition(UUID id) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system", "dumpxml", "--inactive", id.toString()));
    }

    private String cards() {
        return sender.run("cat /sys/class/net/eth*/address");
    }

    @Test
    void aNetworkWithARunningGuestIsNotRemoved() {
        assertThatThrownBy(() -> host.ask(HostNetworkApi.REMOVE, new HostNetworkApi.Network(network)))
                .hasMessageContaining("has a card on this network");
        assertThat(sender.run("cat /sys/class/net/eth0/carrier")).isEqualTo("1");
    }

    private String virsh(String command, String... options) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", "qemu:///system", command, vm.toString())
                .with(options));
    }
}
