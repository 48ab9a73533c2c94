package io.limiquantix.host.domain;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a host adds to a domain's specification.
 *
 * @param libvirtName the domain's name in libvirt
 * @param serialSocket where QEMU listens for the first serial port
 * @param directPaths disks whose file system can bypass the page cache
 */
public record DomainPlace(String libvirtName, Accelerator accelerator, Path serialSocket, Set<String> directPaths) {
    public DomainPlace {
        directPaths = Set.copyOf(directPaths);
    }
}
