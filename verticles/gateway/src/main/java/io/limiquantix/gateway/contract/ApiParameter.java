package io.limiquantix.gateway.contract;

import java.util.Optional;

/**
 * A parameter of an operation as the contract states it.
 *
 * @param type {@code string}, {@code integer} or {@code boolean}: what its text is read as before the schema sees it
 */
public record ApiParameter(String name, Place place, boolean required, String type, Schema schema) {

    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /** Its name, when it is a part of the path. */
    public Optional<String> pathName() {
        return place == Place.PATH ? Optional.of(name) : Optional.empty();
    }
}
