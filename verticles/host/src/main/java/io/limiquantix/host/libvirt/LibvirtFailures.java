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

    /** @param what the beginning of a sentence, for instance "The domain could not be started" */
    static FailureException of(String what, LibvirtException e) {
        ErrorNumber number = number(e);
        FailureCode code =
                switch (number) {
                    case VIR_ERR_NO_DOMAIN -> FailureCode.NOT_FOUND;
                    case VIR_ERR_OPERATION_INVALID, VIR_ERR_DOM_EXIST, VIR_ERR_RESOURCE_BUSY -> FailureCode.CONFLICT;
                    // The connection broke during the call, or libvirt gave up waiting.
                    case VIR_ERR_RPC, VIR_ERR_NO_CONNECT, VIR_ERR_INVALID_CONN, VIR_ERR_OPERATION_TIMEOUT ->
                        FailureCode.TIMEOUT;
                    default -> FailureCode.HYPERVISOR;
                };
        return new FailureException(
                new Failure(code, what + ": " + e.getMessage(), Map.of("libvirtError", number.name())), e);
    }

    static boolean isMissingDomain(LibvirtException e) {
        return number(e) == ErrorNumber.VIR_ERR_NO_DOMAIN;
    }

    private static ErrorNumber number(LibvirtException e) {
        return e.getError() == null ? ErrorNumber.VIR_ERR_UNKNOWN : e.getError().getCode();
    }
}
