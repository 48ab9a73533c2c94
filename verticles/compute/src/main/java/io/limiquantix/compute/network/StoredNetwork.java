package io.limiquantix.compute.network;

import io.limiquantix.bus.compute.NetworkView.Kind;
import io.limiquantix.bus.compute.NetworkView.Settings;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.bus.host.HostNetworkApi.Addressing;
import io.limiquantix.bus.host.NetworkNames;
import io.limiquantix.runtime.database.Row;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A network as it is stored. */
public record StoredNetwork(
        UUID id,
        String name,
        String description,
        Kind kind,
        Settings settings,
        boolean spoofProtection,
        boolean allHosts,
        boolean deleting,
        Instant createdAt,
        long version) {

    static StoredNetwork of(Row row) {
        return new StoredNetwork(
                row.uuid("id"),
                row.text("name"),
                row.text("description"),
                row.constant("kind", Kind.class),
                row.json("settings", Settings.class),
                row.flag("spoof_protection"),
                row.flag("all_hosts"),
                row.flag("deleting"),
                row.instant("created_at"),
                row.number("version"));
    }

    /** Whether hosts have it without us. */
    boolean isOfHosts() {
        return kind == Kind.HOST;
    }

    /** What libvirt calls it. */
    public String libvirtName() {
        return isOfHosts()
                ? Objects.requireNonNull(settings.hostNetwork(), "a network of hosts has a name there")
                : NetworkNames.libvirt(id);
    }

    /** What hosts are told to make; not for one that they have already. */
    HostNetworkApi.Definition definition() {
        HostNetworkApi.Kind made =
                switch (kind) {
                    case NAT -> HostNetworkApi.Kind.NAT;
                    case ISOLATED -> HostNetworkApi.Kind.ISOLATED;
                    case BRIDGE -> HostNetworkApi.Kind.BRIDGE;
                    case HOST -> throw new IllegalStateException("hosts have " + name + " already");
                };
        return new HostNetworkApi.Definition(id, name, made, settings.bridge(), settings.vlanId(), addressing());
    }

    private @Nullable Addressing addressing() {
        if (settings.subnet() == null) {
            return null;
        }
        Ipv4Subnet subnet = Ipv4Subnet.parse(settings.subnet()).orElseThrow();
        return new Addressing(subnet.host(1), subnet.prefix(), settings.dhcpFirst(), settings.dhcpLast());
    }
}
