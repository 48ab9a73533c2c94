package io.limiquantix.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.gateway.contract.FieldError;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What went wrong, as RFC 9457 writes it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        List<FieldError> errors,
        Map<String, String> details) {

    public static Problem of(Failure failure) {
        return of(failure.code().httpStatus(), failure);
    }

    private static Problem of(int status, Failure failure) {
        return new Problem(
                "about:blank",
                title(status),
                status,
                failure.message(),
                failure.code().name(),
                failure.details().get("field"),
                List.of(),
                failure.details());
    }

    /** A refusal with a status that is HTTP's own, such as 405. */
    public static Problem of(int status, FailureCode code, String detail) {
        return of(status, Failure.of(code, detail));
    }

    public static Problem of(InvalidRequestException invalid) {
        FieldError first = invalid.errors().getFirst();
        return new Problem(
                "about:blank",
                title(400),
                400,
                first.field() + " " + first.message(),
                FailureCode.INVALID.name(),
                first.field(),
                invalid.errors(),
                Map.of());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Not acceptable";
            case 401 -> "Not logged in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Not possible now";
            case 412 -> "Changed by somebody else";
            case 413 -> "Too large";
            case 415 -> "Wrong content type";
            case 429 -> "Too many requests";
            case 502 -> "Hypervisor or storage failed";
            case 503 -> "Not reachable now";
            case 504 -> "No answer in time";
            default -> status < 500 ? "Not acceptable" : "Internal error";
        };
    }
}
