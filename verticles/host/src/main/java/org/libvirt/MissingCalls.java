package org.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.PointerType;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/**
 * Calls of libvirt that libvirt-java lacks. In its package because the pointers of its objects are visible only here;
 * nothing outside {@code io.limiquantix.host.libvirt} uses this class.
 */
public final class MissingCalls {
    private static final int UUID_TEXT = 37;
    private static final int STATS_STATE = 1;
    private static final int TYPED_PARAMETER_SIZE = 96;
    private static final int TYPED_PARAMETER_TYPE = 80;
    private static final int TYPED_PARAMETER_VALUE = 88;
    /** {@code VIR_TYPED_PARAM_ULLONG}. */
    private static final int UNSIGNED_LONG = 4;

    /** {@code VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE}. */
    private static final int FAIL_INCOMPATIBLE = 1;

    /** {@code VIR_DOMAIN_SAVE_IMAGE_XML_SECURE}. */
    private static final int SAVED_WITH_SECRETS = 1;

    private static final int LEASE_PREFIX_OFFSET = 6 * Long.BYTES;
    private static final int LEASE_EXPIRY_OFFSET = Long.BYTES;
    private static final int LEASE_HOST_NAME_OFFSET = 7 * Long.BYTES;
    private static final int LEASE_MAC_OFFSET = 3 * Long.BYTES;
    private static final int LEASE_IP_OFFSET = 5 * Long.BYTES;

    private interface Api extends Library {
        Api LIBVIRT = Native.load("virt", Api.class);

        @Nullable
        Pointer virDomainSaveImageGetXMLDesc(PointerType connection, String file, int flags);

        int virDomainRestoreFlags(PointerType connection, String file, String xml, int flags);

        int virDomainGetState(PointerType domain, IntByReference state, IntByReference reason, int flags);

        int virDomainSetBlockIoTune(PointerType domain, String disk, Pointer parameters, int count, int flags);

        int virDomainShutdownFlags(PointerType domain, int flags);

        int virConnectGetAllDomainStats(PointerType connection, int stats, PointerByReference records, int flags);

        void virDomainStatsRecordListFree(Pointer records);

        int virDomainGetUUIDString(Pointer domain, byte[] uuid);

        int virNetworkGetDHCPLeases(PointerType network, @Nullable String mac, PointerByReference leases, int flags);

        void virNetworkDHCPLeaseFree(Pointer lease);

        @Nullable
        Pointer virConnectGetDomainCapabilities(
                PointerType connection,
                @Nullable String emulator,
                String architecture,
                String machine,
                String type,
                int flags);

        int virConnectCompareHypervisorCPU(
                PointerType connection,
                @Nullable String emulator,
                String architecture,
                String machine,
                String type,
                String cpu,
                int flags);
    }

    private interface C extends Library {
        C LIBC = Native.load("c", C.class);

        void free(Pointer memory);
    }

    private MissingCalls() {}

    /** The numbers of libvirt's {@code virDomainState} and of the reason enum that belongs to it. */
    public record State(int state, int reason) {}

    /** A domain's state in a list of all. */
    public record Listed(UUID uuid, State state) {}

    /**
     * An address that libvirt's dnsmasq gave out.
     *
     * @param expires seconds since 1970; 0 for never
     */
    public record Lease(
            String mac, String ip, int prefix, @Nullable String hostName, long expires) {}

    public static State state(@NonNull Domain domain) throws LibvirtException {
        IntByReference state = new IntByReference();
        IntByReference reason = new IntByReference();
        ErrorHandler.processError(Api.LIBVIRT.virDomainGetState(domain.vdp, state, reason, 0));
        return new State(state.getValue(), reason.getValue());
    }

    /**
     * virDomainSetBlockIoTune: the most that the guest gets of a disk.
     *
     * @param limits by libvirt's names, 0 for none
     */
    public static void limit(@NonNull Domain domain, @NonNull String disk, Map<String, Long> limits, int flags)
            throws LibvirtException {
        try (Memory parameters = new Memory((long) TYPED_PARAMETER_SIZE * limits.size())) {
            parameters.clear();
            long offset = 0;
            for (Map.Entry<String, Long> limit : limits.entrySet()) {
                parameters.setString(offset, limit.getKey());
                parameters.setInt(offset + TYPED_PARAMETER_TYPE, UNSIGNED_LONG);
                parameters.setLong(offset + TYPED_PARAMETER_VALUE, limit.getValue());
                offset += TYPED_PARAMETER_SIZE;
            }
            ErrorHandler.processError(
                    Api.LIBVIRT.virDomainSetBlockIoTune(domain.vdp, disk, parameters, limits.size(), flags));
        }
    }

    /** virDomainShutdownFlags: 1 is ACPI, 2 the guest agent. */
    public static void shutdown(@NonNull Domain domain, int flags) throws LibvirtException {
        ErrorHandler.processError(Api.LIBVIRT.virDomainShutdownFlags(domain.vdp, flags));
    }

    /** The states of all domains in one round trip. */
    public static List<Listed> states(@NonNull Connect connect) throws LibvirtException {
        PointerByReference records = new PointerByReference();
        int count = ErrorHandler.processError(
                Api.LIBVIRT.virConnectGetAllDomainStats(connect.vcp, STATS_STATE, records, 0));
        try {
            List<Listed> states = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                states.add(listed(records.getValue().getPointer((long) i * Native.POINTER_SIZE)));
            }
            return states;
        } finally {
            Api.LIBVIRT.virDomainStatsRecordListFree(records.getValue());
        }
    }

    /** A record is {@code {virDomainPtr dom; virTypedParameterPtr params; int nparams;}}. */
    private static Listed listed(Pointer record) throws LibvirtException {
        byte[] text = new byte[UUID_TEXT];
        ErrorHandler.processError(Api.LIBVIRT.virDomainGetUUIDString(record.getPointer(0), text));
        Pointer parameters = record.getPointer(Native.POINTER_SIZE);
        int state = 0;
        int reason = 0;
        for (int i = 0; i < record.getInt(2L * Native.POINTER_SIZE); i++) {
            long offset = (long) i * TYPED_PARAMETER_SIZE;
            switch (parameters.getString(offset)) {
                case "state.state" -> state = parameters.getInt(offset + TYPED_PARAMETER_VALUE);
                case "state.reason" -> reason = parameters.getInt(offset + TYPED_PARAMETER_VALUE);
                default -> {}
            }
        }
        return new Listed(UUID.fromString(Native.toString(text)), new State(state, reason));
    }

    /** What domains of this kind can have, as XML (formatdomaincaps.html). */
    public static String domainCapabilities(@NonNull Connect connect, String architecture, String machine, String type)
            throws LibvirtException {
        Pointer text = Api.LIBVIRT.virConnectGetDomainCapabilities(connect.vcp, null, architecture, machine, type, 0);
        ErrorHandler.processError(text == null ? -1 : 0);
        try {
            return text == null ? "" : text.getString(0, "UTF-8");
        } finally {
            C.LIBC.free(text);
        }
    }

    /**
     * virConnectCompareHypervisorCPU: success when guests can have the processor here.
     *
     * @param cpu libvirt's element of that name
     * @throws LibvirtException {@code VIR_ERR_CPU_INCOMPATIBLE} when they cannot, and which features lack
     */
    public static void requireCpu(
            @NonNull Connect connect, String architecture, String machine, String type, String cpu)
            throws LibvirtException {
        ErrorHandler.processError(Api.LIBVIRT.virConnectCompareHypervisorCPU(
                connect.vcp, null, architecture, machine, type, cpu, FAIL_INCOMPATIBLE));
    }

    /** The definition, with its secrets, of the domain whose memory is in the file. */
    public static String savedDefinition(@NonNull Connect connect, String file) throws LibvirtException {
        Pointer text = Api.LIBVIRT.virDomainSaveImageGetXMLDesc(connect.vcp, file, SAVED_WITH_SECRETS);
        ErrorHandler.processError(text == null ? -1 : 0);
        try {
            return text == null ? "" : text.getString(0, "UTF-8");
        } finally {
            C.LIBC.free(text);
        }
    }

    /**
     * Has the domain whose memory is in the file go on from it; the file stays.
     *
     * @param xml a definition of a machine that is the same to its guest
     */
    public static void restore(@NonNull Connect connect, String file, String xml) throws LibvirtException {
        ErrorHandler.processError(Api.LIBVIRT.virDomainRestoreFlags(connect.vcp, file, xml, 0));
    }

    /** What the network's DHCP server gave to this MAC address, or to all when it is absent. */
    public static List<Lease> leases(@NonNull Network network, @Nullable String mac) throws LibvirtException {
        PointerByReference leases = new PointerByReference();
        int count = ErrorHandler.processError(Api.LIBVIRT.virNetworkGetDHCPLeases(network.vnp, mac, leases, 0));
        List<Lease> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Pointer lease = leases.getValue().getPointer((long) i * Native.POINTER_SIZE);
            Pointer hostName = lease.getPointer(LEASE_HOST_NAME_OFFSET);
            found.add(new Lease(
                    lease.getPointer(LEASE_MAC_OFFSET).getString(0),
                    lease.getPointer(LEASE_IP_OFFSET).getString(0),
                    lease.getInt(LEASE_PREFIX_OFFSET),
                    hostName == null ? null : hostName.getString(0),
                    lease.getLong(LEASE_EXPIRY_OFFSET)));
            Api.LIBVIRT.virNetworkDHCPLeaseFree(lease);
        }
        if (leases.getValue() != null) {
            C.LIBC.free(leases.getValue());
        }
        return found;
    }
}
