package io.limiquantix.gateway.contract;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path, as in {@code disks[0].sizeBytes}
 */
public record FieldError(String field, String message) {}
