package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.VolumeFormat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to the logical volumes of one group; each call is one program of lvm(8). */
final class VolumeGroup {
    private final LvmCommands commands;
    private final String name;
    private final String thinPool;
    private final long extentBytes;

    /** @param thinPool the thin pool's name in the group */
    VolumeGroup(LvmCommands commands, String name, String thinPool, long extentBytes) {
        this.commands = commands;
        this.name = name;
        this.thinPool = thinPool;
        this.extentBytes = extentBytes;
    }

    String name() {
        return name;
    }

    String thinPool() {
        return thinPool;
    }

    /** What sizes are rounded up to. */
    long extentBytes() {
        return extentBytes;
    }

    long roundedUp(long bytes) {
        return Math.ceilDiv(bytes, extentBytes) * extentBytes;
    }

    /** All that can be seen of the group, thin pools too. */
    List<LogicalVolume> volumes() {
        return commands.report("lvs", LogicalVolume.FIELDS, name).stream()
                .map(LogicalVolume::of)
                .toList();
    }

    Optional<LogicalVolume> find(String volume) {
        return volumes().stream().filter(each -> each.name().equals(volume)).findFirst();
    }

    /** A volume that reads as zeroes: thin pools that were made here clear each block before its first use. */
    void create(String volume, long bytes, List<String> tags) {
        change("lvcreate", tags, "-V", bytes + "b", "--thinpool", thinPool, "-n", volume, name);
    }

    /** One that shares its blocks with another, on which it does not depend, and can be used. */
    void cloneOf(String origin, String volume) {
        change("lvcreate", List.of(), "-s", "-kn", "-ay", "-n", volume, path(origin));
    }

    /** The same, kept from being used until {@link #activate}. */
    void snapshotOf(String origin, String volume, List<String> tags) {
        change("lvcreate", tags, "-s", "-ky", "-n", volume, path(origin));
    }

    private void change(String program, List<String> tags, String... words) {
        String[] tagging =
                tags.stream().flatMap(tag -> List.of("--addtag", tag).stream()).toArray(String[]::new);
        String[] all = new String[words.length + tagging.length + 1];
        all[0] = "--yes";
        System.arraycopy(tagging, 0, all, 1, tagging.length);
        System.arraycopy(words, 0, all, tagging.length + 1, words.length);
        commands.change(program, all);
    }

    void grow(String volume, long bytes) {
        commands.change("lvextend", "--yes", "-L", bytes + "b", path(volume));
    }

    void rename(String volume, String to) {
        commands.change("lvrename", "--yes", name, volume, to);
    }

    /** All of them with one program, as each costs as much as a volume; none is success. */
    void remove(Collection<String> volumes) {
        changeEach(volumes, "lvremove", "--yes");
    }

    private void changeEach(Collection<String> volumes, String program, String... words) {
        if (!volumes.isEmpty()) {
            Stream<String> paths = volumes.stream().map(this::path);
            commands.change(program, Stream.concat(Stream.of(words), paths).toArray(String[]::new));
        }
    }

    /** Keeps them from being used until they are activated again. */
    void deactivate(Collection<String> volumes) {
        changeEach(volumes, "lvchange", "-an");
    }

    /** Lets it be used until the group is put to rest, also a snapshot. */
    void activate(String volume) {
        commands.change("lvchange", "-ay", "-K", path(volume));
    }

    /** Lets it be used from now on, also when the pool is opened again. */
    void use(String volume) {
        commands.change("lvchange", "-kn", path(volume));
        activate(volume);
    }

    private String path(String volume) {
        return name + "/" + volume;
    }

    /** The device node of an active one. */
    Path device(String volume) {
        return Path.of("/dev", name, volume);
    }

    QemuLocation location(String volume) {
        return new QemuLocation(device(volume).toString(), VolumeFormat.RAW);
    }
}
