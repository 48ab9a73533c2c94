package io.limiquantix.bus.host;

/**
 * Something of a running domain that is otherwise in its definition, so that it changes when it is started the next time.
 *
 * @param field as the API names it, for instance {@code memoryBytes}, or {@code disks.vdb.cache} with libvirt's name of a disk
 * @param now as it runs; empty: without it
 * @param then as it is defined; empty: without it
 */
public record PendingChange(String field, String now, String then) {}
