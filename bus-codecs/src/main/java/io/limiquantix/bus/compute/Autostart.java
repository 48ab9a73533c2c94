package io.limiquantix.bus.compute;

/**
 * That a VM is started when its host was booted.
 *
 * @param order those with a smaller one come first, 1 to 9,999; those with the same one in the order of their names
 * @param delaySeconds how long the next one waits once this one has started, 0 to 3,600
 * @param untilAgent whether that ends as soon as the agent in its guest answers
 */
public record Autostart(int order, int delaySeconds, boolean untilAgent) {}
