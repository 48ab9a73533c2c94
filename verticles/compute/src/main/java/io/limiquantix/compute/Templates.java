package io.limiquantix.compute;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.TemplateApi;
import io.limiquantix.bus.compute.TemplateApi.Convert;
import io.limiquantix.bus.compute.TemplateApi.Describe;
import io.limiquantix.bus.compute.TemplateApi.Find;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes templates of VMs and VMs of templates. It is decided with the VM's row locked, as every task on it is: so of a start and a
 * conversion that come at the same moment, one is refused.
 */
final class Templates {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final VmStore vms;
    private final TemplateStore store;
    private final VmViews views;
    private final TemplateViews lists;

    Templates(
            Database database,
            Bus bus,
            Tasks tasks,
            VmStore vms,
            TemplateStore store,
            VmViews views,
            TemplateViews lists) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.vms = vms;
        this.store = store;
        this.views = views;
        this.lists = lists;
    }

    void serve() {
        bus.serve(TemplateApi.CONVERT, this::convert);
        bus.serve(TemplateApi.CONVERT_BACK, this::convertBack);
        bus.serve(TemplateApi.DESCRIBE, this::describe);
        bus.serve(TemplateApi.FIND, (request, caller) -> find(request));
        bus.serve(TemplateApi.LIST, lists::list);
    }

    private VmView convert(Convert request, Caller caller) {
        if (request.family() != null) {
            ThingName.require(request.family());
        }
        TemplateRules.requireNote(request.note());
        StoredVm seen = database.transaction(tx -> vms.get(tx, request.vmId()));
        if (seen.template() == null) {
            TemplateRules.requireOff(seen);
            requireOffAtHost(seen, caller);
        }
        database.run(tx -> decide(tx, request));
        return views.get(request.vmId(), caller);
    }

    /** Somebody may have started it there a moment ago. */
    private void requireOffAtHost(StoredVm vm, Caller caller) {
        TemplateRules.requireOff(vm.name(), stateAtHost(vm, caller));
    }

    private PowerState stateAtHost(StoredVm vm, Caller caller) {
        try {
            return bus.request(
                            DomainApi.GET.at(VmDisks.hostOf(vm)), new DomainApi.Domain(vm.id()), caller.within(ANSWER))
                    .state();
        } catch (FailureException e) {
            throw e.code().isTransient()
                    ? FailureException.of(
                            FailureCode.UNAVAILABLE,
                            "The host of " + vm.name()
                                    + " does not answer, so nobody can say whether it is off; convert it"
                                    + " when the host is back.")
                    : e;
        }
    }

    private void decide(Transaction tx, Convert request) {
        StoredVm vm = vms.lock(tx, request.vmId());
        Template template = vm.template();
        if (template != null) {
            if (!TemplateRules.isAlready(template, request.family(), request.note())) {
                throw TemplateRules.isAnother(vm, template);
            }
            return;
        }
        TemplateRules.requireOff(vm);
        requireIdle(tx, vm);
        String family = Objects.requireNonNullElse(request.family(), vm.name());
        store.convert(tx, vm.id(), family, TemplateRules.requireNote(request.note()));
    }

    private void requireIdle(Transaction tx, StoredVm vm) {
        List<UUID> worked = new ArrayList<>(List.of(vm.id()));
        vm.disks().forEach(disk -> worked.add(disk.volumeId()));
        tasks.activeOn(tx, worked).forEach((target, task) -> {
            throw FailureException.conflict("The task " + task.kind() + " works on "
                    + (target.equals(vm.id()) ? vm.name() : "a disk of " + vm.name())
                    + "; wait until it has ended before you convert it to a template.");
        });
    }

    private VmView convertBack(ComputeApi.Vm request, Caller caller) {
        database.run(tx -> {
            StoredVm vm = vms.lock(tx, request.vmId());
            if (vm.template() != null) {
                VmDisks.requireReady(vm);
                store.convertBack(tx, vm.id());
            }
        });
        return views.get(request.vmId(), caller);
    }

    private VmView describe(Describe request, Caller caller) {
        String note = TemplateRules.requireNote(request.note());
        database.run(tx -> {
            StoredVm vm = vms.lock(tx, request.vmId());
            if (vm.template() == null) {
                throw FailureException.conflict(vm.name() + " is no template.");
            }
            store.describe(tx, vm.id(), note);
        });
        return views.get(request.vmId(), caller);
    }

    private ComputeApi.Vm find(Find wish) {
        return database.transaction(tx -> store.find(tx, wish))
                .map(ComputeApi.Vm::new)
                .orElseThrow(() -> FailureException.notFound(
                        wish.version() == null
                                ? "There is no template " + wish.family() + "."
                                : "There is no version " + wish.version() + " of a template " + wish.family() + "."));
    }
}
