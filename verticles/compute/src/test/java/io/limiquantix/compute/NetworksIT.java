package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkApi.ChangeNetwork;
import io.limiquantix.bus.compute.NetworkApi.CreateNetwork;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.bus.compute.NetworkView.State;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.host.NicHardware.Model;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.testing.Eventually;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks, and the cards of VMs that are on them. */
class NetworksIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void close() {
        compute.close();
    }

    @Test
    void aNetworkIsMadeByItsHostsUsedAndDeletedWhenNobodyUsesIt() {
        NetworkView network = made(nat("office", "192.168.50.0/24"));
        assertThat(network.state()).isEqualTo(State.READY);
        assertThat(network.settings().dhcpFirst()).isEqualTo("192.168.50.2");
        assertThat(network.settings().dhcpLast()).isEqualTo("192.168.50.254");
        VmView vm = vm("web", "OFFICE");
        assertThat(vm.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.network()).isEqualTo("office");
            assertThat(nic.networkId()).isEqualTo(network.id());
        });
        var told = Objects.requireNonNull(world.specs.get(vm.id())).nics().getFirst();
        assertThat(told.network()).isEqualTo(NetworkNames.libvirt(network.id()));
        assertThat(told.protection()).isNotNull();
        var leases = ask().request(NetworkApi.LEASES, new NetworkApi.Network(network.id()), TestControlPlane.caller());
        assertThat(leases.items()).singleElement().satisfies(lease -> {
            assertThat(lease.vmName()).isEqualTo("web");
            assertThat(lease.hostId()).isEqualTo(world.hostId);
        });
        refused(FailureCode.CONFLICT, "web", () -> delete(network.id()));
        compute.succeeded(compute.delete(vm.id(), false, true));
        compute.succeeded(delete(network.id()));
        assertThat(world.networks.made).isEmpty();
        refused(FailureCode.NOT_FOUND, "no network", () -> get(network.id()));
    }

    @Test
    void aNetworkThatThereIsNotOrThatNoHostHasIsRefusedAndNeverAnotherOneIsTaken() {
        refused(FailureCode.INVALID, "no network called lan; there are: default", () -> create("one", "lan"));
        TaskView failed = compute.failed(ask(bridge("lan", world.networks.missingBridge, null)));
        assertThat(Objects.requireNonNull(failed.failure()).message()).contains("The host has no bridge br-missing");
        refused(FailureCode.INVALID, "no network called lan", () -> create("one", "lan"));
        made(bridge("lan", "br0", null));
        NetworkView lan = find("lan");
        change(new ChangeNetwork(lan.id(), null, null, false, null));
        assertThat(Objects.requireNonNull(world.specs.get(vm("two", "lan").id()))
                        .nics()
                        .getFirst()
                        .protection())
                .isNull();
        world.networks.missingBridge = "br0";
        world.networks.made.clear();
        world.publishEverything(null);
        NetworkView lost = Eventually.get(() -> find("lan"), network -> network.state() == State.FAILED);
        assertThat(lost.hosts()).singleElement().satisfies(host -> {
            assertThat(host.state()).isEqualTo(HostState.FAILED);
            assertThat(host.problem()).contains("no bridge br0");
        });
        refused(FailureCode.INVALID, "h1: The host has no bridge br0", () -> create("three", "lan"));
        UUID two = compute.all().getFirst().id();
        compute.succeeded(compute.power(two, ComputeApi.PowerAction.FORCE_STOP));
        TaskView start = compute.failed(compute.power(two, ComputeApi.PowerAction.START));
        assertThat(Objects.requireNonNull(start.failure()).message()).contains("lan", "no bridge br0");
        world.networks.missingBridge = "none";
        world.publishEverything(null);
        Eventually.get(() -> find("lan"), network -> network.state() == State.READY);
        compute.succeeded(compute.power(two, ComputeApi.PowerAction.START));
    }

    @Test
    void aNetworkThatNoHostHasConfirmedIsNotMade() {
        world.refusals.put("make network", FailureException.of(FailureCode.UNAVAILABLE, "The host does not answer."));
        TaskView failed = compute.failed(ask(nat("office", "192.168.50.0/24")));
        assertThat(Objects.requireNonNull(failed.failure()).message()).contains("No host has made", "does not answer");
        world.refusals.clear();
        made(nat("office", "192.168.50.0/24"));
    }

    @Test
    void whatCannotBeANetworkIsRefusedWithTheReason() {
        made(nat("office", "192.168.50.0/24"));
        made(bridge("vlan7", "br0", 7));
        refused(FailureCode.CONFLICT, "already a network called", () -> ask(nat("Office", "192.168.51.0/24")));
        refused(FailureCode.INVALID, "overlaps 192.168.50.0/24", () -> ask(nat("two", "192.168.0.0/16")));
        refused(FailureCode.INVALID, "what it lies in is 10.0.0.0/24", () -> ask(nat("two", "10.0.0.7/24")));
        refused(FailureCode.INVALID, "not private", () -> ask(nat("two", "8.8.8.0/24")));
        refused(FailureCode.INVALID, "prefix is", () -> ask(nat("two", "10.0.0.0/31")));
        refused(FailureCode.CONFLICT, "VLAN 7 already", () -> ask(bridge("two", "br0", 7)));
        refused(FailureCode.INVALID, "VLAN is 1 to 4094", () -> ask(bridge("two", "br0", 4095)));
        refused(FailureCode.INVALID, "own", () -> ask(bridge("two", "lqx0", null)));
        NetworkView office = find("office");
        refused(
                FailureCode.STALE_VERSION,
                "changed since",
                () -> change(new ChangeNetwork(office.id(), office.version() + 1, "x", null, null)));
    }

    @Test
    void aHostThatLostANetworkMakesItAgainAndGivesUpAStray() {
        NetworkView office = made(nat("office", "192.168.50.0/24"));
        UUID stray = UUID.randomUUID();
        world.networks.made.clear();
        world.networks.made.add(stray);
        world.publishEverything(null);
        Eventually.holds(() -> world.networks.made.contains(office.id()) && !world.networks.made.contains(stray));
    }

    @Test
    void cardsComeChangeAndGo() {
        NetworkView office = made(nat("office", "192.168.50.0/24"));
        VmView vm = vm("web", "default");
        TaskRef added = ask().request(
                        ComputeApi.ATTACH_NIC,
                        new ComputeApi.AttachNic(vm.id(), new NicSpec("office", null)),
                        TestControlPlane.caller());
        compute.succeeded(added);
        VmView.Nic nic = compute.vm(vm.id()).nics().get(1);
        assertThat(world.networks.cards).containsKey(nic.mac());
        refused(FailureCode.CONFLICT, "web", () -> delete(office.id()));
        refused(
                FailureCode.CONFLICT,
                "while web is off",
                () -> changeNic(vm.id(), nic.mac(), null, Model.E1000E, null));
        compute.succeeded(changeNic(vm.id(), nic.mac(), "default", null, new Bandwidth(1_500_000L, null)));
        VmView.Nic moved = compute.vm(vm.id()).nics().get(1);
        assertThat(moved.network()).isEqualTo("default");
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(moved.hardware()).bandwidth())
                        .inboundBytesPerSecond())
                .isEqualTo(1_464L * 1024);
        compute.succeeded(delete(office.id()));
        compute.succeeded(ask().request(
                        ComputeApi.DETACH_NIC,
                        new ComputeApi.DetachNic(vm.id(), nic.mac()),
                        TestControlPlane.caller()));
        assertThat(compute.vm(vm.id()).nics()).hasSize(1);
        assertThat(world.networks.cards).doesNotContainKey(nic.mac());
    }

    @Test
    void aCardThatItsHostRefusesLeavesNothing() {
        NetworkView office = made(nat("office", "192.168.50.0/24"));
        VmView vm = vm("web", "default");
        world.refusals.put("attach card", FailureException.of(FailureCode.HYPERVISOR, "No port is free."));
        world.refusals.put("change card", FailureException.of(FailureCode.HYPERVISOR, "Not possible."));
        compute.failed(ask().request(
                        ComputeApi.ATTACH_NIC,
                        new ComputeApi.AttachNic(vm.id(), new NicSpec("office", null)),
                        TestControlPlane.caller()));
        assertThat(compute.vm(vm.id()).nics()).hasSize(1);
        assertThat(get(office.id()).nicCount()).isZero();
    }

    @Test
    void fiftyVmsAtOnceHaveFiftyAddresses() {
        List<TaskRef> tasks = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50)
                    .mapToObj(i -> askers.submit(() -> create("vm-" + i, "default")))
                    .toList()
                    .forEach(asked -> tasks.add(result(asked)));
        }
        tasks.forEach(compute::succeeded);
        assertThat(compute.all().stream().flatMap(vm -> vm.nics().stream()).map(VmView.Nic::mac))
                .hasSize(50)
                .doesNotHaveDuplicates();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neverHasAVmACardOnANetworkThatWasDeletedAtTheSameMoment() {
        for (int round = 0; round < 8; round++) {
            String name = "net-" + round;
            NetworkView network = made(nat(name, "192.168." + (60 + round) + ".0/24"));
            @Nullable TaskRef created;
            @Nullable TaskRef deleted;
            try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
                var creation = askers.submit(() -> unlessRefused(() -> create(name + "-vm", name)));
                var deletion = askers.submit(() -> unlessRefused(() -> delete(network.id())));
                created = result(creation).orElse(null);
                deleted = result(deletion).orElse(null);
            }
            assertThat((created == null) != (deleted == null))
                    .as("created " + created + ", deleted " + deleted)
                    .isTrue();
            compute.succeeded(Objects.requireNonNull(created == null ? deleted : created));
        }
    }

    private static Optional<TaskRef> unlessRefused(Supplier<TaskRef> action) {
        try {
            return Optional.of(action.get());
        } catch (FailureException refused) {
            assertThat(refused.code()).isIn(FailureCode.CONFLICT, FailureCode.INVALID);
            return Optional.empty();
        }
    }

    private VmView vm(String name, String network) {
        TaskRef ref = create(name, network);
        compute.succeeded(ref);
        return compute.vm(ref.targetId());
    }

    private TaskRef create(String name, String network) {
        VmSpec spec = new VmSpec(
                name,
                "",
                1,
                128L << 20,
                List.of(new DiskSpec(world.imageId, null, null)),
                List.of(new NicSpec(network, null)),
                null);
        return compute.create(new CreateVm(spec, null, true, false));
    }

    private static CreateNetwork nat(String name, String subnet) {
        Settings settings = new Settings(null, null, null, subnet, null, null);
        return new CreateNetwork(name, "", Kind.NAT, settings, true, true, List.of());
    }

    private static CreateNetwork bridge(String name, String bridge, @Nullable Integer vlan) {
        Settings settings = new Settings(null, bridge, vlan, null, null, null);
        return new CreateNetwork(name, "", Kind.BRIDGE, settings, false, true, List.of());
    }

    private Bus ask() {
        return compute.plane.bus();
    }

    private TaskRef ask(CreateNetwork wish) {
        return ask().request(NetworkApi.CREATE, wish, TestControlPlane.caller());
    }

    private NetworkView made(CreateNetwork wish) {
        TaskRef ref = ask(wish);
        compute.succeeded(ref);
        return get(ref.targetId());
    }

    private NetworkView get(UUID id) {
        return ask().request(NetworkApi.GET, new NetworkApi.Network(id), TestControlPlane.caller());
    }

    private NetworkView find(String name) {
        return ask().request(NetworkApi.LIST, new NetworkApi.ListNetworks(Page.FIRST, name), TestControlPlane.caller())
                .items()
                .getFirst();
    }

    private void change(ChangeNetwork wish) {
        ask().request(NetworkApi.CHANGE, wish, TestControlPlane.caller());
    }

    private TaskRef delete(UUID id) {
        return ask().request(NetworkApi.DELETE, new NetworkApi.Network(id), TestControlPlane.caller());
    }

    private TaskRef changeNic(
            UUID vm, String mac, @Nullable String network, @Nullable Model model, @Nullable Bandwidth limits) {
        return ask().request(
                        ComputeApi.CHANGE_NIC,
                        new ComputeApi.ChangeNic(vm, mac, network, null, model, limits, null),
                        TestControlPlane.caller());
    }

    private static void refused(FailureCode code, String why, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.failure().message()).contains(why);
        });
    }
}
