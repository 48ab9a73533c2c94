package io.limiquantix.host.libvirt;

import io.limiquantix.host.domain.VariablesHusk;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of UEFI variables that libvirt leaves where a domain has moved away. It finds them by the domain's name, so the next
 * machine of that name would start with them.
 */
final class LeftVariables {
    private static final Logger LOG = LoggerFactory.getLogger(LeftVariables.class);
    /** {@code VIR_DOMAIN_UNDEFINE_NVRAM}. */
    private static final int WITH_VARIABLES = 4;

    private LeftVariables() {}

    /**
     * Deletes that of a domain that has left; one that cannot be deleted is no failure.
     *
     * @param xml of the domain as it ran
     */
    static void forget(Connect connect, String xml) {
        VariablesHusk.of(xml).ifPresent(husk -> {
            try {
                Domain domain = connect.domainDefineXML(husk);
                try {
                    domain.undefine(WITH_VARIABLES);
                } finally {
                    domain.free();
                }
            } catch (LibvirtException e) {
                LOG.warn("the UEFI variables of a machine that has left could not be deleted", e);
            }
        });
    }
}
