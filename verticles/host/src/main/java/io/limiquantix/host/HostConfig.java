package io.limiquantix.host;

import io.limiquantix.host.capability.AcceleratorSetting;
import io.limiquantix.host.download.DownloadConfig;
import io.limiquantix.host.inventory.MachineBoot;
import io.limiquantix.host.stream.MigrationFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code host}: this machine as a hypervisor.
 *
 * @param name what people call it; absent: the machine's host name
 * @param libvirtUri absent: {@code qemu:///system}
 * @param accelerator {@code auto} tries KVM with a small guest and remembers the answer; absent: auto
 * @param importFolders where images may be imported from
 * @param streamAddress the address of this machine that the gateway reaches, and the interface that the stream endpoint
 *     listens on; absent: 127.0.0.1
 * @param streamPort absent: 8446, or any that is free while {@code streamAddress} is absent; 0: any
 * @param socketFolder for the UNIX sockets of serial ports and of the stream endpoint; absent: below the data directory
 * @param maxDiskBytes the largest disk that an image may describe; absent: 16 TiB
 * @param changesPerPool how many volumes and snapshots a pool makes, grows or deletes at a time; absent: 8
 * @param nodeDaemonPort of the gRPC service NodeDaemon, on {@code streamAddress}; absent: 8447, or any that is free while
 *     {@code streamAddress} is absent; 0: any; -1: it is not served
 * @param copiesAtATime how many volumes this host copies between pools, and files that it fetches, at a time; absent: 2
 * @param saveFolder where libvirt keeps the memory of suspended guests, as it has no setting for that; beside it lies {@code nvram}
 *     with their UEFI variables; absent: {@code /var/lib/libvirt/qemu/save}
 * @param migrationFolder where this process finds {@code /run/limiquantix/migrations}, by which libvirt and QEMU know the sockets that
 *     machines leave and arrive by; absent: there
 * @param bootIdFile says which boot of the machine this is; absent: the kernel does
 * @param downloads how it fetches files from the web; absent: from public networks only, without a proxy
 */
public record HostConfig(
        @Nullable String name,
        @Nullable String libvirtUri,
        @Nullable AcceleratorSetting accelerator,
        @Nullable List<Path> importFolders,
        @Nullable String streamAddress,
        @Nullable Integer streamPort,
        @Nullable Path socketFolder,
        @Nullable Long maxDiskBytes,
        @Nullable Integer changesPerPool,
        @Nullable Integer copiesAtATime,
        @Nullable Integer nodeDaemonPort,
        @Nullable Path saveFolder,
        @Nullable Path migrationFolder,
        @Nullable Path bootIdFile,
        @Nullable DownloadConfig downloads) {
    private static final int DEFAULT_PORT = 8446;
    private static final int DEFAULT_NODE_DAEMON_PORT = 8447;
    private static final int NOT_SERVED = -1;
    private static final int MAX_PORT = 65_535;
    private static final long DEFAULT_MAX_DISK = 16L << 40;
    private static final int MAX_NAME = 64;
    private static final int DEFAULT_CHANGES = 8;
    private static final int DEFAULT_COPIES = 2;

    public HostConfig {
        importFolders = importFolders == null ? List.of() : List.copyOf(importFolders);
        require(
                name == null || (!name.isBlank() && name.length() <= MAX_NAME),
                "host.name must have 1 to 64 characters");
        require(
                importFolders.stream().allMatch(Path::isAbsolute),
                "each of host.importFolders must be an absolute path");
        require(
                streamPort == null || (streamPort >= 0 && streamPort <= MAX_PORT),
                "host.streamPort must be 0 to 65535");
        require(socketFolder == null || socketFolder.isAbsolute(), "host.socketFolder must be an absolute path");
        require(bootIdFile == null || bootIdFile.isAbsolute(), "host.bootIdFile must be an absolute path");
        require(saveFolder == null || saveFolder.isAbsolute(), "host.saveFolder must be an absolute path");
        require(
                migrationFolder == null || migrationFolder.isAbsolute(),
                "host.migrationFolder must be an absolute path");
        require(maxDiskBytes == null || maxDiskBytes > 0, "host.maxDiskBytes must be greater than 0");
        require(changesPerPool == null || changesPerPool > 0, "host.changesPerPool must be greater than 0");
        require(
                nodeDaemonPort == null || (nodeDaemonPort >= NOT_SERVED && nodeDaemonPort <= MAX_PORT),
                "host.nodeDaemonPort must be -1 to 65535");
        require(copiesAtATime == null || copiesAtATime > 0, "host.copiesAtATime must be greater than 0");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + ".");
        }
    }

    String libvirt() {
        return libvirtUri == null ? "qemu:///system" : libvirtUri;
    }

    AcceleratorSetting acceleratorSetting() {
        return accelerator == null ? AcceleratorSetting.AUTO : accelerator;
    }

    List<Path> folders() {
        return importFolders == null ? List.of() : importFolders;
    }

    String stream() {
        return streamAddress == null ? "127.0.0.1" : streamAddress;
    }

    Path bootIds() {
        return bootIdFile == null ? MachineBoot.USUAL : bootIdFile;
    }

    Path saves() {
        return saveFolder == null ? Path.of("/var/lib/libvirt/qemu/save") : saveFolder;
    }

    Path uefiVariables() {
        return saves().resolveSibling("nvram");
    }

    Path migrations() {
        return migrationFolder == null ? MigrationFolder.EVERYWHERE : migrationFolder;
    }

    int port() {
        if (streamPort != null) {
            return streamPort;
        }
        return streamAddress == null ? 0 : DEFAULT_PORT;
    }

    boolean hasNodeDaemon() {
        return nodeDaemonPort == null || nodeDaemonPort != NOT_SERVED;
    }

    int nodeDaemon() {
        if (nodeDaemonPort != null) {
            return nodeDaemonPort;
        }
        return streamAddress == null ? 0 : DEFAULT_NODE_DAEMON_PORT;
    }

    long maxDisk() {
        return maxDiskBytes == null ? DEFAULT_MAX_DISK : maxDiskBytes;
    }

    int changesAtATime() {
        return changesPerPool == null ? DEFAULT_CHANGES : changesPerPool;
    }

    int copies() {
        return copiesAtATime == null ? DEFAULT_COPIES : copiesAtATime;
    }

    DownloadConfig downloadSettings() {
        return downloads == null ? DownloadConfig.USUAL : downloads;
    }
}
