package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.host.domain.InterfaceDefinition;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.libvirt.Removal.Look;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * Network cards that come, change and go, under a running domain and in its definition. The running one comes first: what QEMU or the
 * guest refuses is not in the definition either.
 */
public final class DomainNics {
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;
    /** {@code VIR_DOMAIN_AFFECT_LIVE} and {@code VIR_DOMAIN_AFFECT_CONFIG}. */
    private static final int LIVE = 1;

    private static final int CONFIG = 2;

    private final LibvirtConnection connection;
    private final Removal removal;

    public DomainNics(LibvirtConnection connection) {
        this.connection = connection;
        this.removal = new Removal(connection);
    }

    /** Gives the domain the card unless it has one of this address. */
    public void attach(UUID vmId, DomainSpec.Nic nic, Instant deadline) {
        String xml = InterfaceDefinition.of(nic);
        connection.withDomain(vmId, "The network card could not be attached", deadline, domain -> {
            if (live(domain, nic.mac()).isEmpty() && domain.isActive() == 1) {
                domain.attachDeviceFlags(xml, LIVE);
            }
            if (defined(domain, nic.mac()).isEmpty() && domain.isPersistent() == 1) {
                domain.attachDeviceFlags(xml, CONFIG);
            }
            return true;
        });
    }

    /**
     * Makes the card of this address like this.
     *
     * @throws FailureException {@code NOT_FOUND} when the domain has none
     */
    public void change(UUID vmId, DomainSpec.Nic nic, Instant deadline) {
        boolean there = connection.withDomain(vmId, "The network card could not be changed", deadline, domain -> {
            Optional<InterfaceDefinition> live = live(domain, nic.mac());
            if (live.isPresent()) {
                domain.updateDeviceFlags(live.get().changedTo(nic, false), LIVE);
            }
            Optional<InterfaceDefinition> defined = defined(domain, nic.mac());
            if (defined.isPresent()) {
                domain.updateDeviceFlags(defined.get().changedTo(nic, live.isEmpty()), CONFIG);
            }
            return live.isPresent() || defined.isPresent();
        });
        if (!there) {
            throw FailureException.notFound("The domain has no network card " + nic.mac() + ".");
        }
    }

    /**
     * Lets the running domain's card also send with these addresses; success when it may already, when its addresses are not learned by
     * lease, and when the card or the domain is not there. Its definition stays: with the next start, they are learned anew.
     */
    public void allow(UUID vmId, String mac, Set<String> addresses, Instant deadline) {
        boolean ignored = connection.withDomain(vmId, "The network card could not be changed", deadline, domain -> {
            Optional<InterfaceDefinition> card = live(domain, mac).filter(InterfaceDefinition::learnsByLease);
            if (card.isPresent()) {
                Set<String> more = new LinkedHashSet<>(addresses);
                more.removeAll(card.get().addresses());
                if (!more.isEmpty()) {
                    domain.updateDeviceFlags(card.get().allowing(more), LIVE);
                }
            }
            return card.isPresent();
        });
    }

    /**
     * Takes the card from the domain, once the guest has let go of it; success when the domain or the card is not there.
     *
     * @throws FailureException {@code CONFLICT} when the guest has not let go shortly before the deadline
     */
    public void detach(UUID vmId, String mac, Instant deadline) {
        removal.await(
                vmId,
                "the network card",
                "See whether its system has started and try again, or shut the guest down first.",
                domain -> ask(domain, mac),
                deadline);
    }

    private static Look ask(Domain domain, String mac) throws LibvirtException {
        Optional<InterfaceDefinition> card = live(domain, mac);
        String refusal = card.isEmpty() ? "" : Removal.askFor(domain, card.get().xml());
        if (live(domain, mac).isPresent()) {
            return new Look(false, refusal);
        }
        Optional<InterfaceDefinition> defined = defined(domain, mac);
        if (defined.isPresent()) {
            domain.detachDeviceFlags(defined.get().xml(), CONFIG);
        }
        return Look.GONE;
    }

    private static Optional<InterfaceDefinition> live(Domain domain, String mac) throws LibvirtException {
        return domain.isActive() == 1
                ? LiveDefinition.parse(domain.getXMLDesc(0)).nicOf(mac)
                : Optional.empty();
    }

    private static Optional<InterfaceDefinition> defined(Domain domain, String mac) throws LibvirtException {
        return domain.isPersistent() == 1
                ? LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED)).nicOf(mac)
                : Optional.empty();
    }
}
