package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.FailureException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/** User-data that a caller wrote: its kind is told by how it begins, as cloud-init does. */
sealed interface FreeUserData {
    /** The field of the request. */
    String FIELD = "cloudInit.userData";

    int MOST_BYTES = 64 * 1024;

    /** There is none. */
    record None() implements FreeUserData {}

    /** A cloud-config that was found acceptable. */
    record CloudConfig(MappingNode root) implements FreeUserData {}

    /** A script with its {@code #!} line. */
    record Script(String text) implements FreeUserData {}

    /** @throws FailureException {@code INVALID} when it is neither a cloud-config nor a script; it repeats no value of it */
    static FreeUserData read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new None();
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw FailureException.invalid(FIELD, "User-data has at most 64 KiB. Let it download what is longer.");
        }
        String first = text.lines().findFirst().orElse("").strip();
        if (first.startsWith("#!")) {
            return new Script(text);
        }
        if (isOtherFormat(first)) {
            throw FailureException.invalid(
                    FIELD,
                    "Only a cloud-config (#cloud-config) or a script (#!/bin/sh) is accepted here, because it is put together"
                            + " with what the form says.");
        }
        return new CloudConfig(CloudConfigReading.read(text));
    }

    /** The other beginnings that cloud-init knows (its documentation: user-data formats). */
    private static boolean isOtherFormat(String first) {
        return first.startsWith("Content-Type:")
                || first.startsWith("MIME-Version:")
                || first.startsWith("#include")
                || first.startsWith("#cloud-boothook")
                || first.startsWith("#cloud-config-archive")
                || first.startsWith("#cloud-config-jsonp")
                || first.startsWith("#part-handler")
                || first.startsWith("## template:");
    }
}
