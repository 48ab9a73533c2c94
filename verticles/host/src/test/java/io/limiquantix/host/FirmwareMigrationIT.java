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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A machine with UEFI variables and a TPM, whose state lies beside its disks, and one disk in a pool that both hosts reach. */
@EnabledIf(value = "isRoot", disabledReason = "the second host's namespaces need root")
class FirmwareMigrationIT {
    private static final MachineSpec UEFI =
            new MachineSpec(null, null, Firmware.UEFI, false, true, null, null, false);

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
                                    java.util.Map.of("path", folder.resolve("shared").toString()),
                                    java.util.Map.of()));
        }
        vm = hosts.here().host().newVm();
        hosts.here().host().ask(DomainApi.DEFINE, new DomainApi.Define(spec(hosts.here())));
        hosts.here().host().power(DomainApi.START, vm);
    }

    @AfterEach
    void stop() {
        if (hosts != null) {
            hosts.remove(vm);
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
        DomainSpec plain = side.host().spec("firm", vm, pool, List.of(volume(side)), null);
        return new DomainSpec(
                vm,
                "firm",
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

    private static Path variables(Path libvirt, String name) {
        return libvirt.resolve("qemu/nvram/" + name + "_VARS.fd");
    }

    @Test
    void theVariablesAndTheTpmArriveAndAreForgottenWhereTheyWere() throws Exception {
        Path here = Path.of("/var/lib/libvirt");
        byte[] template = Files.readAllBytes(variables(here, "firm"));
        Thread.sleep(6000);
        byte[] before = Files.readAllBytes(variables(here, "firm"));
        Arrival arrival = new Arrival(migration, vm);
        Prepared prepared = hosts.there().host().ask(HostMigrationApi.PREPARE, new Prepare(migration, spec(hosts.there())));
        Move move = new Move(
                migration, vm, hosts.there().host().hostId(), prepared.definition(), List.of(), MoveLimits.NONE);
        assertThat(hosts.here().host().ask(HostMigrationApi.MOVE, move).defined()).isFalse();
        System.err.println("QQQ moved; here vars " + Files.exists(variables(here, "firm")) + " there " + Files.exists(variables(libvirtThere, "firm"))
            + " eq " + java.util.Arrays.equals(before, Files.readAllBytes(variables(libvirtThere, "firm"))));
        assertThat(hosts.there().host().ask(HostMigrationApi.LET_RUN, arrival).state())
                .isEqualTo(PowerState.RUNNING);
        Thread.sleep(500);
        System.err.println("QQQ run;  eq " + java.util.Arrays.equals(before, Files.readAllBytes(variables(libvirtThere, "firm"))));
        System.err.println("QQQ tpm here " + Files.exists(here.resolve("swtpm/" + vm)) + " there " + Files.exists(libvirtThere.resolve("swtpm/" + vm)));
        System.err.println(hosts.virsh(hosts.there(), "dumpxml", vm.toString()));
        try (var s = Files.walk(libvirtThere.resolve("swtpm"))) { s.forEach(p -> System.err.println("QQQ " + p + " " + p.toFile().length())); }
    }
}
