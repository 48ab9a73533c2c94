package io.limiquantix.bus.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cloud-init does at the first boot. What is as it is by default is absent in its JSON.
 *
 * @param hostName absent: the VM's name
 * @param passwordHash SHA-512-crypt; the plain password never leaves the gateway
 * @param sshPasswordLogin cloud-init's {@code ssh_pwauth}
 * @param network a fixed address of the first interface; absent: as {@code networks} say
 * @param networks addresses of interfaces by their numbers; those that are not named ask DHCP
 * @param runCommands lines for the shell, run once by root after the packages were installed
 * @param locale for instance {@code de_DE.UTF-8}; absent: the image's
 * @param timeZone a name of the time zone database, as {@code Europe/Vienna}; absent: the image's
 * @param userData the caller's own cloud-config or shell script; where it is stored, it is sealed
 * @param agent whether QEMU's guest agent is installed and started
 * @param nobodyLogsIn the caller knows that there is neither a password nor a key
 * @param newMachineId whether the disk was another machine's, whose {@code machine-id} is replaced early in the first boot
 */
public record CloudInit(
        @Nullable String hostName,
        String user,
        @Nullable String passwordHash,
        List<String> sshKeys,
        boolean sshPasswordLogin,
        List<String> packages,
        @Nullable StaticNetwork network,
        @JsonInclude(Include.NON_EMPTY) List<NicAddresses> networks,
        @JsonInclude(Include.NON_EMPTY) List<String> runCommands,
        @Nullable String locale,
        @Nullable String timeZone,
        @Nullable String userData,
        @JsonInclude(Include.NON_DEFAULT) boolean agent,
        @JsonInclude(Include.NON_DEFAULT) boolean nobodyLogsIn,
        @JsonInclude(Include.NON_DEFAULT) boolean newMachineId)
        implements GuestSetup {

    public CloudInit {
        sshKeys = List.copyOf(sshKeys);
        packages = List.copyOf(packages);
        networks = List.copyOf(networks);
        runCommands = List.copyOf(runCommands);
    }

    /** Of a machine whose disk is new. */
    public CloudInit(
            @Nullable String hostName,
            String user,
            @Nullable String passwordHash,
            List<String> sshKeys,
            boolean sshPasswordLogin,
            List<String> packages,
            @Nullable StaticNetwork network,
            List<NicAddresses> networks,
            List<String> runCommands,
            @Nullable String locale,
            @Nullable String timeZone,
            @Nullable String userData,
            boolean agent,
            boolean nobodyLogsIn) {
        this(
                hostName,
                user,
                passwordHash,
                sshKeys,
                sshPasswordLogin,
                packages,
                network,
                networks,
                runCommands,
                locale,
                timeZone,
                userData,
                agent,
                nobodyLogsIn,
                false);
    }

    /** An account and packages, and nothing else. */
    public CloudInit(
            @Nullable String hostName,
            String user,
            @Nullable String passwordHash,
            List<String> sshKeys,
            boolean sshPasswordLogin,
            List<String> packages,
            @Nullable StaticNetwork network) {
        this(
                hostName,
                user,
                passwordHash,
                sshKeys,
                sshPasswordLogin,
                packages,
                network,
                List.of(),
                List.of(),
                null,
                null,
                null,
                false,
                false);
    }

    /** The same with other user-data. */
    public CloudInit withUserData(@Nullable String text) {
        return new CloudInit(
                hostName,
                user,
                passwordHash,
                sshKeys,
                sshPasswordLogin,
                packages,
                network,
                networks,
                runCommands,
                locale,
                timeZone,
                text,
                agent,
                nobodyLogsIn,
                newMachineId);
    }

    @Override
    public CloudInit withHostName(@Nullable String name) {
        return new CloudInit(
                name,
                user,
                passwordHash,
                sshKeys,
                sshPasswordLogin,
                packages,
                network,
                networks,
                runCommands,
                locale,
                timeZone,
                userData,
                agent,
                nobodyLogsIn,
                newMachineId);
    }

    /** The same with another password. */
    public CloudInit withPasswordHash(@Nullable String hash) {
        return new CloudInit(
                hostName,
                user,
                hash,
                sshKeys,
                sshPasswordLogin,
                packages,
                network,
                networks,
                runCommands,
                locale,
                timeZone,
                userData,
                agent,
                nobodyLogsIn,
                newMachineId);
    }

    /** The same for another machine, which begins with the disk of this one; where it asks DHCP in place of fixed addresses, it may. */
    public CloudInit ofClone(@Nullable String otherHostName, boolean withAddresses) {
        return new CloudInit(
                otherHostName,
                user,
                passwordHash,
                sshKeys,
                sshPasswordLogin,
                packages,
                withAddresses ? network : null,
                withAddresses ? networks : List.of(),
                runCommands,
                locale,
                timeZone,
                userData,
                agent,
                nobodyLogsIn,
                true);
    }

    /** Whether an interface has an address that no other machine can have at the same time. */
    public boolean hasFixedAddresses() {
        return network != null
                || networks.stream().anyMatch(nic -> !nic.addresses().isEmpty());
    }

    /** The hash and the user-data stay out of logs. */
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

    /**
     * Where one interface has its addresses from.
     *
     * @param nic counted from 0
     * @param dhcp4 whether it asks DHCP for an IPv4 address
     * @param dhcp6 whether it asks DHCP for an IPv6 address; what routers announce (SLAAC) is taken in any case
     * @param addresses fixed ones with their prefixes
     * @param mtu 576 to 65,535 bytes; absent: the network's
     */
    public record NicAddresses(
            int nic,
            boolean dhcp4,
            boolean dhcp6,
            List<String> addresses,
            @Nullable String gateway4,
            @Nullable String gateway6,
            List<String> nameServers,
            List<String> searchDomains,
            @Nullable Integer mtu) {
        public NicAddresses {
            addresses = List.copyOf(addresses);
            nameServers = List.copyOf(nameServers);
            searchDomains = List.copyOf(searchDomains);
        }
    }
}
