package io.limiquantix.compute;

import io.limiquantix.bus.compute.ComputeApi.VmSort;
import io.limiquantix.runtime.database.Row;
import java.util.Objects;

/**
 * A VM at its place in a list.
 *
 * @param key what it is sorted by, before its name; empty in a list by name
 */
record ListedVm(StoredVm vm, String key, String lowerName) {
    static ListedVm of(Row row, VmSort sort) {
        String key =
                switch (sort) {
                    case NAME -> "";
                    case STATE -> row.text("state");
                    case VCPUS -> Long.toString(row.number("vcpus"));
                    case MEMORY -> Long.toString(row.number("memory_bytes"));
                    case HOST -> Objects.requireNonNullElse(row.textOrNull("host_name"), "");
                    case FOLDER -> Objects.requireNonNullElse(row.textOrNull("folder"), "");
                    case SYSTEM -> Objects.requireNonNullElse(row.textOrNull("system"), "");
                    case CREATED -> row.instant("created_at").toString();
                };
        return new ListedVm(StoredVm.of(row), key, row.text("lower_name"));
    }
}
