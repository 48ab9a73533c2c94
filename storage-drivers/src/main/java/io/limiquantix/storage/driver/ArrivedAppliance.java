package io.limiquantix.storage.driver;

import org.jspecify.annotations.Nullable;

/**
 * An appliance whose archive has arrived and was read.
 *
 * @param compression of the archive, absent for none
 * @param sha256 of the file as it came, lower case hexadecimal
 * @param bytes how many it had
 */
public record ArrivedAppliance(
        Appliance appliance, @Nullable Compression compression, String sha256, long bytes) {}
