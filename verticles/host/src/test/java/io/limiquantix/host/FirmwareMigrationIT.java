package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostMigrationApi.Move;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.host.HostMigrationApi.Prepare;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.host.testing.TwoHosts;
import io.limiquantix.host.testing.TwoHosts.Side;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A machine with UEFI variables and a TPM, whose state lies beside its disks, and one disk in a pool that both hosts reach. */
@EnabledIf(value = "isRoot", disabledReason = "the second host's namespaces need root")
class FirmwareMigrationIT {
    private static final MachineSpec UEFI = new MachineSpec(null, null, Firmware.UEFI, false, true, null, null, false);

    private static final String NAME = "firm-" + Uuid7.next();
    private static final Path EMPTY = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

    private TwoHosts hosts;
    private Path libvirtThere;
    private UUID vm;
    private final UUID disk = Uuid7.next();
    private final UUID pool = Uuid7.next();
    private final UUID migration = Uuid7.next();

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        hosts = TwoHosts.start(folder);
        libvirtThere = folder.resolve("libvirt/lib");
        for (Side side : List.of(hosts.here(), hosts.there())) {
            side.host()
                    .ask(
                            HostStorageApi.OPEN_POOL,
                            new HostStorageApi.OpenPool(
                                    pool,
                                    "loop",
                                    Map.of("path", folder.resolve("shared").toString()),
                                    Map.of()));
        }
        vm = hosts.here().host().newVm();
        hosts.here().host().ask(DomainApi.DEFINE, new DomainApi.Define(spec(hosts.here())));
        hosts.here().host().power(DomainApi.START, vm);
    }

    @AfterEach
    void stop() {
        if (hosts != null) {
            hosts.remove(vm);
            for (Side side : List.of(hosts.here(), hosts.there())) {
                side.host().ask(HostStorageApi.CLOSE_POOL, new HostStorageApi.PoolName(pool));
            }
            hosts.close();
        }
    }

    /** Each host has it by a device of its own. */
    private VolumeReport volume(Side side) {
        return side.host()
                .ask(
                        HostStorageApi.CREATE_VOLUME,
                        new HostStorageApi.CreateVolume(
                                pool,
                                disk,
                                "raw",
                                1L << 24,
                                VolumeOrigin.ofImage(null),
                                false,
                                HostStorageApi.Preallocation.THIN));
    }

    private DomainSpec spec(Side side) {
        DomainSpec plain = side.host().spec(NAME, vm, pool, List.of(volume(side)), null);
        return new DomainSpec(
                vm,
                NAME,
                "",
                plain.digest(),
                1,
                plain.memoryBytes(),
                plain.disks(),
                plain.nics(),
                null,
                UEFI,
                List.of(),
                List.of(),
                null);
    }

    /** Below libvirt's folder. */
    private String variables() {
        return "qemu/nvram/" + NAME + "_VARS.fd";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theVariablesAndTheTpmArriveAndAreForgottenWhereTheyWere() throws IOException {
        Path here = Path.of("/var/lib/libvirt");
        Path left = here.resolve(variables());
        // The firmware writes to them before it looks for a disk, and then has nothing to start.
        Eventually.holds(() -> !Arrays.equals(read(left), read(EMPTY)));
        Side there = hosts.there();
        Prepared prepared = there.host().ask(HostMigrationApi.PREPARE, new Prepare(migration, spec(there)));
        Move move = new Move(migration, vm, there.host().hostId(), prepared.definition(), List.of(), MoveLimits.NONE);
        assertThat(hosts.here().host().ask(HostMigrationApi.MOVE, move).defined())
                .isFalse();
        assertThat(there.host()
                        .ask(HostMigrationApi.LET_RUN, new Arrival(migration, vm))
                        .state())
                .isEqualTo(PowerState.RUNNING);
        Path arrived = libvirtThere.resolve(variables());
        Eventually.holds(() -> !Arrays.equals(read(arrived), read(EMPTY)));
        assertThat(left).doesNotExist();
        assertThat(here.resolve("swtpm/" + vm)).doesNotExist();
        assertThat(libvirtThere.resolve("swtpm/" + vm + "/tpm2/tpm2-00.permall"))
                .isNotEmptyFile();
        assertThat(hosts.virsh(hosts.here(), "list", "--all", "--name")).doesNotContain("limiquantix-left");
    }
}
