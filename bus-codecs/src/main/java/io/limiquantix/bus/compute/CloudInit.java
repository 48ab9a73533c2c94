package io.limiquantix.bus.compute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cloud-init does at the first boot.
 *
 * @param hostName absent: the VM's name
 * @param passwordHash SHA-512-crypt; the plain password never leaves the gateway
 * @param sshPasswordLogin cloud-init's {@code ssh_pwauth}
 * @param network absent: DHCP on the first interface
 */
public record CloudInit(
        @Nullable String hostName,
        String user,
        @Nullable String passwordHash,
        List<String> sshKeys,
        boolean sshPasswordLogin,
        List<String> packages,
        @Nullable StaticNetwork network) {

    public CloudInit {
        sshKeys = List.copyOf(sshKeys);
        packages = List.copyOf(packages);
    }

    /** The hash stays out of logs. */
    @Override
    public String toString() {
        return "CloudInit[user=" + user + ", hostName=" + hostName + "]";
    }

    /**
     * A fixed address on the first interface.
     *
     * @param address with its prefix, for instance {@code 192.0.2.10/24}
     */
    public record StaticNetwork(String address, @Nullable String gateway, List<String> nameServers) {
        public StaticNetwork {
            nameServers = List.copyOf(nameServers);
        }
    }
}
