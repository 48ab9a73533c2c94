package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.domain.EditedDrives;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** CD-ROM drives and what is in them. The running domain comes first: what its guest refuses is not in the definition either. */
public final class DomainDrives {
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;
    /** {@code VIR_DOMAIN_DEVICE_MODIFY_LIVE} and {@code VIR_DOMAIN_DEVICE_MODIFY_FORCE}. */
    private static final int LIVE = 1;

    private static final int FORCE = 4;

    private final LibvirtConnection connection;

    public DomainDrives(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * @param force whether a guest that has locked the drive loses the medium
     * @throws FailureException {@code CONFLICT} when it has and is not to lose it
     */
    public void change(UUID vmId, EditedDrives wish, boolean force, Instant deadline) {
        connection.withDomain(vmId, "The medium could not be changed", deadline, domain -> {
            if (domain.isActive() == 1) {
                Optional<String> device = wish.device(domain.getXMLDesc(0));
                if (device.isPresent()) {
                    change(domain, device.get(), force);
                }
            }
            domain.getConnect()
                    .domainDefineXML(wish.in(domain.getXMLDesc(AS_DEFINED)))
                    .free();
            return true;
        });
    }

    private static void change(Domain domain, String device, boolean force) throws LibvirtException {
        try {
            domain.updateDeviceFlags(device, force ? LIVE | FORCE : LIVE);
        } catch (LibvirtException e) {
            String said = String.valueOf(e.getMessage());
            if (!said.contains("tray") && !said.contains("locked")) {
                throw e;
            }
            throw FailureException.conflict("The guest has locked the CD-ROM drive, so it keeps what is in it (" + said
                    + "). Eject it inside the guest and try again, or force it, which the guest takes as a medium that"
                    + " was torn out.");
        }
    }
}
