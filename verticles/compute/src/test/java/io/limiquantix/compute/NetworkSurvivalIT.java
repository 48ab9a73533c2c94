package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.compute.NetworkApi.CreateNetwork;
import io.limiquantix.bus.compute.NetworkView;
import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.bus.compute.NetworkView.State;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.Deaths;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A control plane dies at each moment of a task on a network or a card in turn, and another one goes on. */
class NetworkSurvivalIT {
    /** Before and after each of three steps, and when its host has acted. */
    private static final int THREE_STEPS = 7;

    private static final int TWO_STEPS = 5;

    private final World world = new World();
    private final Deaths deaths = new Deaths();

    @AfterEach
    void letGo() {
        deaths.close();
    }

    @Test
    void aNetworkWhoseCreationOrDeletionDiesIsThereOrGoneInTheEnd() {
        DatabaseAddress address = ComputeProcess.database();
        List<TaskRef> tasks = new ArrayList<>();
        List<UUID> doomed = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            for (int i = 0; i < THREE_STEPS; i++) {
                TaskRef made = create(first, "old-" + i);
                first.succeeded(made);
                doomed.add(made.targetId());
            }
            deaths.begin();
            world.afterEffect = effect -> deaths.at("during " + effect);
            for (int i = 0; i < THREE_STEPS; i++) {
                tasks.add(create(first, "new-" + i));
                tasks.add(first.plane
                        .bus()
                        .request(NetworkApi.DELETE, new NetworkApi.Network(doomed.get(i)), TestControlPlane.caller()));
            }
            deaths.await(2 * THREE_STEPS);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                List<NetworkView> left = second.plane
                        .bus()
                        .request(
                                NetworkApi.LIST,
                                new NetworkApi.ListNetworks(Page.FIRST, "-"),
                                TestControlPlane.caller())
                        .items();
                assertThat(left).hasSize(THREE_STEPS).allSatisfy(network -> {
                    assertThat(network.name()).startsWith("new-");
                    assertThat(network.state()).isEqualTo(State.READY);
                });
                assertThat(world.networks.made)
                        .containsExactlyInAnyOrderElementsOf(
                                left.stream().map(NetworkView::id).toList());
            }
            deaths.close();
        }
    }

    @Test
    void aCardWhoseTaskDiesIsThereChangedOrGoneInTheEnd() {
        DatabaseAddress address = ComputeProcess.database();
        List<TaskRef> tasks = new ArrayList<>();
        List<UUID> gaining = new ArrayList<>();
        List<UUID> changing = new ArrayList<>();
        List<UUID> losing = new ArrayList<>();
        try (ComputeProcess first = ComputeProcess.start(world, address, deaths)) {
            first.succeeded(create(first, "other"));
            running(first, "gaining-", THREE_STEPS, gaining);
            running(first, "changing-", THREE_STEPS, changing);
            running(first, "losing-", TWO_STEPS, losing);
            deaths.begin();
            world.afterEffect = effect -> deaths.at("during " + effect);
            gaining.forEach(vm -> tasks.add(ask(first)
                    .request(
                            ComputeApi.ATTACH_NIC,
                            new ComputeApi.AttachNic(vm, new NicSpec("other", null)),
                            TestControlPlane.caller())));
            changing.forEach(vm -> tasks.add(ask(first)
                    .request(
                            ComputeApi.CHANGE_NIC,
                            new ComputeApi.ChangeNic(vm, mac(first, vm), "other", null, null, null, null),
                            TestControlPlane.caller())));
            losing.forEach(vm -> {
                String mac = mac(first, vm);
                world.networks.cards.put(
                        mac, Objects.requireNonNull(world.specs.get(vm)).nics().getFirst());
                tasks.add(ask(first)
                        .request(ComputeApi.DETACH_NIC, new ComputeApi.DetachNic(vm, mac), TestControlPlane.caller()));
            });
            deaths.await(2 * THREE_STEPS + TWO_STEPS);
            first.plane.controlPlane().tasks().close();
            try (ComputeProcess second = ComputeProcess.start(world, address, TaskObserver.NONE)) {
                tasks.forEach(second::succeeded);
                gaining.forEach(vm -> assertThat(second.vm(vm).nics())
                        .extracting(VmView.Nic::network)
                        .containsExactly("default", "other"));
                changing.forEach(vm -> assertThat(second.vm(vm).nics())
                        .extracting(VmView.Nic::network)
                        .containsExactly("other"));
                losing.forEach(vm -> assertThat(second.vm(vm).nics()).isEmpty());
                assertThat(world.networks.cards).hasSize(2 * THREE_STEPS);
            }
            deaths.close();
        }
    }

    private static void running(ComputeProcess compute, String name, int count, List<UUID> vms) {
        List<TaskRef> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(compute.create(name + i));
        }
        tasks.forEach(task -> {
            compute.succeeded(task);
            vms.add(task.targetId());
        });
    }

    private static String mac(ComputeProcess compute, UUID vm) {
        return compute.vm(vm).nics().getFirst().mac();
    }

    private static Bus ask(ComputeProcess compute) {
        return compute.plane.bus();
    }

    private static TaskRef create(ComputeProcess compute, String name) {
        Settings none = new Settings(null, null, null, null, null, null);
        CreateNetwork wish = new CreateNetwork(name, "", Kind.ISOLATED, none, false, true, List.of());
        return ask(compute).request(NetworkApi.CREATE, wish, TestControlPlane.caller());
    }
}
