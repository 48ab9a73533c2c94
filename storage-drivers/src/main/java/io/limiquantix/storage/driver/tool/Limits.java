package io.limiquantix.storage.driver.tool;

/**
 * What a tool that reads untrusted bytes may use at most; set by {@code prlimit(1)}.
 *
 * @param cpuSeconds processor time
 * @param addressSpaceBytes virtual memory
 */
public record Limits(int cpuSeconds, long addressSpaceBytes) {}
