package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.UnmanagedApi;
import io.limiquantix.bus.compute.UnmanagedApi.ListUnmanaged;
import io.limiquantix.bus.compute.UnmanagedApi.OnHost;
import io.limiquantix.bus.compute.UnmanagedApi.SilentHost;
import io.limiquantix.bus.compute.UnmanagedApi.Unmanaged;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainApi.UnmanagedDomains;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The domains of hosts that are no VMs of ours, asked for when somebody wants to see them. */
final class UnmanagedVms {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** An answer fits well into a message of 1 MiB, whose characters may take more than a byte. */
    private static final int MOST_CHARACTERS = 400_000;

    private final Database database;
    private final Bus bus;
    private final HostDirectory hosts;

    UnmanagedVms(Database database, Bus bus, HostDirectory hosts) {
        this.database = database;
        this.bus = bus;
        this.hosts = hosts;
    }

    void serve() {
        bus.serve(UnmanagedApi.LIST, this::list);
    }

    private record Answer(
            HostView host, UnmanagedDomains found, @Nullable String problem) {}

    private Unmanaged list(ListUnmanaged request, Caller caller) {
        List<Answer> answers = askAll(wanted(request.hostId(), caller), caller);
        List<SilentHost> silent = new ArrayList<>();
        List<OnHost> found = new ArrayList<>();
        for (Answer answer : answers) {
            if (answer.problem() != null) {
                silent.add(new SilentHost(answer.host().id(), answer.host().name(), answer.problem()));
            }
            answer.found()
                    .items()
                    .forEach(domain -> found.add(
                            new OnHost(answer.host().id(), answer.host().name(), domain)));
        }
        found.sort(Comparator.comparing((OnHost item) -> item.domain().name()).thenComparing(OnHost::hostName));
        List<OnHost> fitting = fitting(found);
        boolean more = fitting.size() < found.size()
                || answers.stream().anyMatch(answer -> answer.found().more());
        return new Unmanaged(database.transaction(tx -> withOurReasons(tx, fitting)), silent, more);
    }

    private List<HostView> wanted(@Nullable UUID hostId, Caller caller) {
        List<HostView> known = hosts.ask(caller);
        if (hostId == null) {
            return known;
        }
        return List.of(known.stream()
                .filter(host -> host.id().equals(hostId))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("There is no host " + hostId + ".")));
    }

    private List<Answer> askAll(List<HostView> asked, Caller caller) {
        List<Future<Answer>> answers;
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = asked.stream()
                    .map(host -> askers.submit(() -> ask(host, caller)))
                    .toList();
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private Answer ask(HostView host, Caller caller) {
        try {
            return new Answer(
                    host,
                    bus.request(DomainApi.LIST_UNMANAGED.at(host.id()), Nothing.NOTHING, caller.within(PATIENCE)),
                    null);
        } catch (FailureException e) {
            return new Answer(
                    host, new UnmanagedDomains(List.of(), false), e.failure().message());
        }
    }

    private static List<OnHost> fitting(List<OnHost> found) {
        long characters = 0;
        for (int i = 0; i < found.size(); i++) {
            characters += found.get(i).toString().length();
            if (characters > MOST_CHARACTERS) {
                return found.subList(0, i);
            }
        }
        return found;
    }

    private record Ours(UUID id, String name, Phase phase) {}

    private static List<OnHost> withOurReasons(Transaction tx, List<OnHost> found) {
        Map<String, Ours> byName = new HashMap<>();
        Map<UUID, Ours> byId = new HashMap<>();
        tx.query(
                        "select id, name, phase from compute.vms where lower_name = any($1) or id = any($2)",
                        row -> new Ours(row.uuid("id"), row.text("name"), row.constant("phase", Phase.class)),
                        found.stream()
                                .map(item -> item.domain().name().toLowerCase(Locale.ROOT))
                                .toArray(String[]::new),
                        found.stream().map(item -> item.domain().uuid()).toArray(UUID[]::new))
                .forEach(vm -> {
                    byName.put(vm.name().toLowerCase(Locale.ROOT), vm);
                    byId.put(vm.id(), vm);
                });
        return found.stream()
                .map(item -> withOurReason(
                        item,
                        byId.get(item.domain().uuid()),
                        byName.get(item.domain().name().toLowerCase(Locale.ROOT))))
                .toList();
    }

    private static OnHost withOurReason(OnHost item, @Nullable Ours sameId, @Nullable Ours sameName) {
        UnmanagedDomain domain = item.domain();
        List<String> reasons = new ArrayList<>(domain.reasons());
        if (sameId != null) {
            reasons.addFirst(whyOurs(sameId));
        } else if (sameName != null) {
            reasons.add("A virtual machine called \"" + sameName.name()
                    + "\" exists already: rename one of the two first.");
        }
        return new OnHost(
                item.hostId(),
                item.hostName(),
                new UnmanagedDomain(
                        domain.uuid(),
                        domain.name(),
                        domain.state(),
                        domain.vcpus(),
                        domain.memoryBytes(),
                        domain.firmware(),
                        domain.persistent(),
                        domain.disks(),
                        domain.nics(),
                        reasons));
    }

    /** The host knows it as ours from the last step of its adoption to the first one of its release. */
    private static String whyOurs(Ours vm) {
        return switch (vm.phase()) {
            case CREATING -> "It is being adopted as the virtual machine " + vm.name() + ".";
            case DELETING ->
                "It is still the virtual machine " + vm.name()
                        + ", which is being released or deleted; where that has failed, ask for it again.";
            case READY, LOST ->
                "It has the id of the virtual machine " + vm.name()
                        + ": somebody took LimiQuantix's metadata out of its definition, or made a copy of it.";
        };
    }
}
