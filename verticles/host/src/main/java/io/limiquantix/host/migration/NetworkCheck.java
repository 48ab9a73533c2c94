package io.limiquantix.host.migration;

import io.limiquantix.bus.host.HostReport.NetworkReport;
import io.limiquantix.host.network.HostNetworks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the networks that a domain's cards are on are here, and work. */
final class NetworkCheck {
    private final HostNetworks networks;

    NetworkCheck(HostNetworks networks) {
        this.networks = networks;
    }

    /** @param names libvirt's, or of bridges */
    List<String> obstacles(List<String> names, Instant deadline) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<NetworkReport> here = networks.reports(deadline);
        return names.stream()
                .distinct()
                .flatMap(name -> obstacle(name, here).stream())
                .toList();
    }

    private Optional<String> obstacle(String name, List<NetworkReport> here) {
        Optional<NetworkReport> known =
                here.stream().filter(network -> network.name().equals(name)).findFirst();
        if (known.isEmpty()) {
            return networks.isBridge(name) ? Optional.empty() : Optional.of(missing(name));
        }
        return known.flatMap(NetworkCheck::problem);
    }

    private static String missing(String name) {
        return "The host has no network and no bridge " + name
                + ", which a card of the virtual machine is on. Add the host to that network, or choose another host.";
    }

    private static Optional<String> problem(NetworkReport network) {
        if (!network.active()) {
            return Optional.of("The network " + network.name()
                    + ", which a card of the virtual machine is on, is not started on the host. Start it there, or choose"
                    + " another host.");
        }
        return Stream.ofNullable(network.ours())
                .flatMap(ours -> Stream.ofNullable(ours.problem()))
                .map(problem -> "The network " + network.name()
                        + ", which a card of the virtual machine is on, does not work on the host: " + problem
                        + " Mend that, or choose another host.")
                .findFirst();
    }
}
