package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.network.StoredNetwork;
import io.limiquantix.compute.spec.NicRules;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins to give network cards to VMs, to change them and to take them away. */
final class VmNics {
    private final VmWork work;
    private final NetworkStore networks;
    private final NicNetworks nicNetworks;
    private final MacAddresses macs;
    private final HostDirectory hosts;
    private final NicTasks tasks;

    VmNics(VmWork work, NetworkStore networks, MacAddresses macs, HostDirectory hosts, NicTasks tasks) {
        this.work = work;
        this.networks = networks;
        this.nicNetworks = new NicNetworks(networks);
        this.macs = macs;
        this.hosts = hosts;
        this.tasks = tasks;
    }

    TaskRef attach(ComputeApi.AttachNic request, Caller caller) {
        NicSpec wish = NicRules.accept(request.nic(), "");
        List<HostView> known = hosts.ask(caller);
        return work.begin(request.vmId(), caller, tasks.attach(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            if (vm.nics().size() >= NicRules.MOST_NICS) {
                throw FailureException.conflict(
                        vm.name() + " has " + NicRules.MOST_NICS + " network cards, more is not possible.");
            }
            StoredNetwork network = nicNetworks.named(tx, wish.network(), "network");
            Nic nic = macs.keep(tx, vm.id(), wish, network, "mac");
            networks.hold(tx, nic.mac(), network);
            nicNetworks.require(tx, List.of(nic), hostOf(vm), host(vm, known));
            return new NicTasks.Attach(vm.id(), hostOf(vm), nic);
        });
    }

    TaskRef change(ComputeApi.ChangeNic request, Caller caller) {
        List<HostView> known = hosts.ask(caller);
        return work.begin(request.vmId(), caller, tasks.change(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            Nic before = find(vm, request.mac());
            Nic after = changed(tx, before, request);
            boolean off = vm.powerState() == PowerState.STOPPED || vm.powerState() == PowerState.CRASHED;
            if (!off && model(before) != model(after)) {
                throw FailureException.conflict(
                        "The model of a card can only be changed while " + vm.name() + " is off.");
            }
            nicNetworks.require(tx, List.of(after), hostOf(vm), host(vm, known));
            return new NicTasks.Change(vm.id(), hostOf(vm), before, after);
        });
    }

    private static NicHardware.Model model(Nic nic) {
        return NicHardware.orPlain(nic.hardware()).model();
    }

    private Nic changed(Transaction tx, Nic before, ComputeApi.ChangeNic request) {
        NicHardware was = NicHardware.orPlain(before.hardware());
        NicHardware.Bandwidth limits = request.bandwidth() == null ? was.bandwidth() : request.bandwidth();
        NicHardware hardware = new NicHardware(
                request.model() == null ? was.model() : request.model(),
                request.linkUp() == null ? was.linkUp() : request.linkUp(),
                limits == null ? null : NicRules.limits(limits, ""),
                request.allowSpoofing() == null ? was.allowSpoofing() : request.allowSpoofing());
        NicHardware kept = hardware.equals(NicHardware.PLAIN) ? null : hardware;
        if (request.network() == null) {
            return new Nic(before.network(), before.mac(), kept, before.networkId());
        }
        StoredNetwork network = nicNetworks.named(tx, request.network(), "network");
        networks.hold(tx, before.mac(), network);
        return new Nic(network.name(), before.mac(), kept, network.id());
    }

    TaskRef detach(ComputeApi.DetachNic request, Caller caller) {
        return work.begin(request.vmId(), caller, tasks.detach(), Set.of(), (tx, vm) -> {
            requireReady(vm);
            Nic nic = find(vm, request.mac());
            if (vm.powerState() == PowerState.PAUSED) {
                throw FailureException.conflict(
                        vm.name() + " is paused, so its guest cannot let go of a network card; resume it first.");
            }
            return new NicTasks.Detach(vm.id(), hostOf(vm), nic.mac());
        });
    }

    private static Nic find(StoredVm vm, String mac) {
        String wanted = mac.toLowerCase(Locale.ROOT);
        return vm.nics().stream()
                .filter(nic -> nic.mac().equals(wanted))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound(vm.name() + " has no network card " + wanted + "."));
    }

    private static @Nullable HostView host(StoredVm vm, List<HostView> known) {
        return known.stream()
                .filter(host -> host.id().equals(vm.hostId()))
                .findFirst()
                .orElse(null);
    }

    private static UUID hostOf(StoredVm vm) {
        return Objects.requireNonNull(vm.hostId(), "a VM that was made has a host");
    }

    private static void requireReady(StoredVm vm) {
        if (vm.phase() != Phase.READY) {
            throw FailureException.conflict(vm.name() + " cannot be changed while it is " + vm.phase() + ".");
        }
        VmDisks.requireReady(vm);
    }
}
