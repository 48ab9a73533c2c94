package io.limiquantix.compute.customization;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.NicAddresses;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.Cloudbase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupMergeTest {
    private static final NicAddresses CARD =
            new NicAddresses(0, false, false, List.of("192.0.2.7/24"), null, null, List.of(), List.of(), null);
    private static final CloudInit KEPT = new CloudInit(
            null,
            "admin",
            "hash",
            List.of("key"),
            true,
            List.of("nginx"),
            null,
            List.of(CARD),
            List.of("echo kept"),
            "de_AT.UTF-8",
            "UTC",
            "#cloud-config",
            true,
            true);
    /** What a request becomes that names no field: all of it is as by default. */
    private static final CloudInit SILENT = new CloudInit(null, "", null, List.of(), false, List.of(), null);

    @Test
    void whatTheRequestDoesNotNameIsTheSpecs() {
        assertThat(new SetupMerge(List.of()).of(KEPT, SILENT)).isEqualTo(KEPT);
    }

    @Test
    void aFieldThatTheRequestNamesWinsAlsoWhereItIsEmpty() {
        CloudInit made = new SetupMerge(List.of("packages", "sshKeys", "agent", "password")).of(KEPT, SILENT);
        assertThat(made)
                .isEqualTo(new CloudInit(
                        null,
                        "admin",
                        null,
                        List.of(),
                        true,
                        List.of(),
                        null,
                        List.of(CARD),
                        List.of("echo kept"),
                        "de_AT.UTF-8",
                        "UTC",
                        "#cloud-config",
                        false,
                        true));
    }

    @Test
    void addressesAreOneFieldHoweverTheyAreSaid() {
        StaticNetwork own = new StaticNetwork("192.0.2.9/24", null, List.of());
        CloudInit said = new CloudInit(null, "", null, List.of(), false, List.of(), own);
        CloudInit made = new SetupMerge(List.of("network")).of(KEPT, said);
        assertThat(made.network()).isEqualTo(own);
        assertThat(made.networks()).isEmpty();
    }

    @Test
    void aWindowsGuestKeepsTheScriptOfTheSpec() {
        Cloudbase kept = new Cloudbase(null, List.of("key"), "#ps1");
        assertThat(new SetupMerge(List.of("hostName", "sshKeys")).of(kept, new Cloudbase("pc", List.of(), null)))
                .isEqualTo(new Cloudbase("pc", List.of(), "#ps1"));
    }
}
