package io.limiquantix.host.testing;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.host.stream.MigrationFolder;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;

/** Two hosts, each with a libvirt and disks of its own, that guests move between. Needs root. */
public final class TwoHosts implements AutoCloseable {
    private final ProcessTool tool = new ProcessTool();
    private final HeldMemory memory = new HeldMemory();
    private final SecondLibvirt second;
    private Side here;
    private Side there;

    private TwoHosts(SecondLibvirt second, Side here, Side there) {
        this.second = second;
        this.here = here;
        this.there = there;
        joinHere();
        memory.join(there.host(), here.host().hostId(), () -> this.here.host());
    }

    /** A host, with the image that guests' disks stand on. */
    public record Side(TestHost host, UUID image, String libvirt, Path sockets) {
        public GuestShell shell(UUID vm) {
            return new GuestShell(vm, libvirt);
        }

        /** Deletes volumes of its first pool. */
        public void delete(List<UUID> volumes) {
            for (UUID volume : volumes) {
                host.ask(HostStorageApi.DELETE_VOLUME, new HostStorageApi.DeleteVolume(host.poolId(), volume, false));
            }
        }

        /** Whether anything is left of the migration, beside its outcome. */
        public boolean knows(Arrival arrival) {
            String id = arrival.migrationId().toString();
            return Files.exists(sockets.resolve(id))
                    || Files.exists(host.folder().resolve("host/migrations").resolve(id));
        }
    }

    /** @param folder is empty; QEMU's user gets through to it */
    public static TwoHosts start(Path folder) throws IOException {
        open(folder);
        Path libvirt = Files.createDirectory(folder.resolve("libvirt"));
        open(libvirt);
        String imports = "importFolders: [" + Path.of("target").toAbsolutePath() + "]";
        TestHost first = TestHost.start(Files.createDirectory(folder.resolve("one")), imports);
        SecondLibvirt second = SecondLibvirt.start(libvirt);
        TestHost other = TestHost.start(
                Files.createDirectory(folder.resolve("two")),
                imports,
                "libvirtUri: " + second.uri(),
                "migrationFolder: " + second.migrations(),
                "name: second");
        return new TwoHosts(
                second,
                new Side(first, first.tinyImage(), "qemu:///system", MigrationFolder.EVERYWHERE),
                new Side(other, other.tinyImage(), second.uri(), second.migrations()));
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Each is alone on its bus; this is all that passes between the two. */
    private void joinHere() {
        memory.join(here.host(), there.host().hostId(), there::host);
    }

    /** The first one's process is another one from now on. */
    public void startHereAnew() {
        TestHost anew = here.host().startedAnew();
        here = new Side(anew, here.image(), here.libvirt(), here.sockets());
        joinHere();
    }

    public Side here() {
        return here;
    }

    public Side there() {
        return there;
    }

    public HeldMemory memory() {
        return memory;
    }

    /** What virsh printed of the first host's domain or of anything else there. */
    public String virsh(Side side, String... words) {
        return tool.run(CommandLine.of("virsh", "-q", "-c", side.libvirt()).with(words))
                .strip();
    }

    /** Ends the QEMU of what arrives. */
    public void killArriving(UUID vm) {
        tool.run(CommandLine.of("pkill", "-9", "-f", "qemu-system.*" + vm + ".*-incoming"));
    }

    public boolean knows(Side side, UUID vm) {
        return virsh(side, "list", "--all", "--uuid").contains(vm.toString());
    }

    /** Removes the VM wherever it is. */
    public void remove(UUID vm) {
        here.host().power(DomainApi.UNDEFINE, vm);
        there.host().power(DomainApi.UNDEFINE, vm);
    }

    @Override
    public void close() {
        memory.letGo();
        there.host().close();
        here.host().close();
        second.close();
    }
}
