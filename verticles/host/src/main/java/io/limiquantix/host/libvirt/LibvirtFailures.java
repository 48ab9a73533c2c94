package io.limiquantix.host.libvirt;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.util.Map;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;

/** Says in our words what libvirt refused. */
final class LibvirtFailures {
    private LibvirtFailures() {}

    /**
     * @param what the beginning of a sentence, for instance "The domain could not be started"
     * @param connected whether the connection was alive after the call
     */
    static FailureException of(String what, LibvirtException e, boolean connected) {
        FailureCode code = isCutOff(e)
                ? FailureCode.TIMEOUT
                : switch (number(e)) {
                    case VIR_ERR_NO_DOMAIN -> FailureCode.NOT_FOUND;
                    case VIR_ERR_OPERATION_INVALID, VIR_ERR_DOM_EXIST, VIR_ERR_RESOURCE_BUSY -> FailureCode.CONFLICT;
                    default -> connected ? FailureCode.HYPERVISOR : FailureCode.TIMEOUT;
                };
        String unknown = code == FailureCode.TIMEOUT ? " (it is unknown whether libvirt acted)" : "";
        return new FailureException(
                new Failure(
                        code,
                        what + ": " + e.getMessage() + unknown,
                        Map.of("libvirtError", number(e).name())),
                e);
    }

    /** Whether the connection broke during the call, or libvirt gave up waiting. */
    static boolean isCutOff(LibvirtException e) {
        return switch (number(e)) {
            case VIR_ERR_RPC, VIR_ERR_NO_CONNECT, VIR_ERR_INVALID_CONN, VIR_ERR_OPERATION_TIMEOUT -> true;
            default -> isOfTransport(e);
        };
    }

    /** What libvirt's client says when the daemon dies comes as a system or internal error of these parts. */
    private static boolean isOfTransport(LibvirtException e) {
        return e.getError() != null
                && switch (e.getError().getDomain()) {
                    case VIR_FROM_RPC, VIR_FROM_REMOTE -> true;
                    default -> false;
                };
    }

    /** Whether the guest's agent was silent. */
    static boolean isSilentAgent(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_AGENT_UNRESPONSIVE;
    }

    static boolean isMissingSecret(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_NO_SECRET;
    }

    static boolean isUnsupported(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_NO_SUPPORT;
    }

    static boolean isMissingDomain(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_NO_DOMAIN;
    }

    static boolean isMissingNetwork(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_NO_NETWORK;
    }

    static ErrorNumber number(LibvirtException e) {
        return e.getError() == null ? ErrorNumber.VIR_ERR_UNKNOWN : e.getError().getCode();
    }
}
