package io.limiquantix.host.testing;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.UnmanagedVolume;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Raw files, each with a loop device as long as its pool is open. */
final class LoopVolumes implements Volumes {
    private final ProcessTool tool = new ProcessTool();
    private final Map<UUID, Path> devices = new ConcurrentHashMap<>();
    private final Volumes files;

    LoopVolumes(Volumes files) {
        this.files = files;
    }

    private Volume onDevice(Volume file) {
        Path device = devices.computeIfAbsent(file.id(), id -> Path.of(losetup("--find", "--show", file.path())));
        return new Volume(
                file.id(), new DiskSource.OfDevice(device), file.format(), file.sizeBytes(), file.allocatedBytes());
    }

    private String losetup(String... words) {
        return tool.run(CommandLine.of("losetup").with(words)).strip();
    }

    private void detach(UUID id) {
        Path device = devices.remove(id);
        if (device != null) {
            losetup("--detach", device.toString());
        }
    }

    void detachAll() {
        devices.keySet().forEach(this::detach);
    }

    @Override
    public Volume create(VolumeRequest request) {
        return onDevice(files.create(request));
    }

    @Override
    public Volume grow(UUID id, long sizeBytes) {
        Volume grown = onDevice(files.grow(id, sizeBytes));
        losetup("--set-capacity", grown.path());
        return grown;
    }

    @Override
    public Volume makeIndependent(UUID id) {
        return onDevice(files.makeIndependent(id));
    }

    @Override
    public void delete(UUID id, SnapshotsOfIt snapshots) {
        detach(id);
        files.delete(id, snapshots);
    }

    @Override
    public Optional<Volume> find(UUID id) {
        return files.find(id).map(this::onDevice);
    }

    @Override
    public List<Volume> list() {
        return files.list().stream().map(this::onDevice).toList();
    }

    @Override
    public QemuLocation location(UUID id) {
        return files.location(id);
    }

    @Override
    public List<UnmanagedVolume> unmanaged() {
        return files.unmanaged();
    }

    @Override
    public Volume adopt(String name, UUID id) {
        return onDevice(files.adopt(name, id));
    }
}
