package org.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.PointerType;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NonNull;

/**
 * virConnectGetAllDomainStats of libvirt, which libvirt-java lacks (libvirt-domain.h). In its package because the pointers of
 * its objects are visible only here; nothing outside {@code io.limiquantix.host.libvirt} uses this class.
 */
public final class BulkStatistics {
    private static final int STATE = 1;
    private static final int CPU = 1 << 1;
    private static final int BALLOON = 1 << 2;
    private static final int VCPU = 1 << 3;
    private static final int INTERFACE = 1 << 4;
    private static final int BLOCK = 1 << 5;
    private static final int ALL = STATE | CPU | BALLOON | VCPU | INTERFACE | BLOCK;
    /** VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT: a domain that something else waits for is reported without what QEMU says. */
    private static final int NO_WAIT = 1 << 29;

    private static final int UUID_TEXT = 37;
    private static final int PARAMETER_SIZE = 96;
    private static final int FIELD_LENGTH = 80;
    private static final int VALUE_OFFSET = 88;

    private interface Api extends Library {
        Api LIBVIRT = Native.load("virt", Api.class);

        int virConnectGetAllDomainStats(PointerType connection, int stats, PointerByReference records, int flags);

        void virDomainStatsRecordListFree(Pointer records);

        int virDomainGetUUIDString(Pointer domain, byte[] uuid);

        int virDomainGetID(Pointer domain);
    }

    /** The values of virTypedParameterType. */
    private static final class Type {
        static final int INT = 1;
        static final int UINT = 2;
        static final int LLONG = 3;
        static final int ULLONG = 4;
        static final int STRING = 7;
    }

    private BulkStatistics() {}

    /**
     * What libvirt says of one domain, by the names that it uses in {@code virsh domstats}.
     *
     * @param id another one each time that the domain starts; -1 while it does not run
     */
    public record Figures(UUID uuid, int id, Map<String, Long> numbers, Map<String, String> texts) {}

    /** All domains, also those that do not run, in one round trip. */
    public static List<Figures> read(@NonNull Connect connect) throws LibvirtException {
        PointerByReference records = new PointerByReference();
        int count =
                ErrorHandler.processError(Api.LIBVIRT.virConnectGetAllDomainStats(connect.vcp, ALL, records, NO_WAIT));
        try {
            List<Figures> figures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                figures.add(figures(records.getValue().getPointer((long) i * Native.POINTER_SIZE)));
            }
            return figures;
        } finally {
            Api.LIBVIRT.virDomainStatsRecordListFree(records.getValue());
        }
    }

    /** A record is {@code {virDomainPtr dom; virTypedParameterPtr params; int nparams;}}. */
    private static Figures figures(Pointer record) throws LibvirtException {
        Pointer domain = record.getPointer(0);
        byte[] text = new byte[UUID_TEXT];
        ErrorHandler.processError(Api.LIBVIRT.virDomainGetUUIDString(domain, text));
        Map<String, Long> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        int count = record.getInt(2L * Native.POINTER_SIZE);
        if (count > 0) {
            // One copy of all instead of three calls into native memory for each.
            byte[] bytes = record.getPointer(Native.POINTER_SIZE).getByteArray(0, count * PARAMETER_SIZE);
            for (int i = 0; i < count; i++) {
                parameter(bytes, i * PARAMETER_SIZE, numbers, texts);
            }
        }
        // -1 is the answer for a domain that does not run, and no failure.
        int id = Api.LIBVIRT.virDomainGetID(domain);
        return new Figures(UUID.fromString(Native.toString(text)), id, numbers, texts);
    }

    /** A parameter is {@code {char field[80]; int type; union value;}}; the union begins at a multiple of 8. */
    private static void parameter(byte[] bytes, int offset, Map<String, Long> numbers, Map<String, String> texts) {
        String field = field(bytes, offset);
        ByteBuffer parameters = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int value = offset + VALUE_OFFSET;
        switch (parameters.getInt(offset + FIELD_LENGTH)) {
            case Type.INT -> numbers.put(field, (long) parameters.getInt(value));
            case Type.UINT -> numbers.put(field, Integer.toUnsignedLong(parameters.getInt(value)));
            case Type.LLONG, Type.ULLONG -> numbers.put(field, parameters.getLong(value));
            case Type.STRING -> texts.put(field, new Pointer(parameters.getLong(value)).getString(0));
            default -> {}
        }
    }

    private static String field(byte[] bytes, int offset) {
        int end = offset;
        while (end < offset + FIELD_LENGTH && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.US_ASCII);
    }
}
