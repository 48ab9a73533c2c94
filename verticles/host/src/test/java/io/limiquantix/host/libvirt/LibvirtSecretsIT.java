package io.limiquantix.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Secrets in the libvirtd of this machine. */
class LibvirtSecretsIT {
    @Test
    void aSecretIsThereUntilItIsForgottenAndNobodyReadsIt() {
        UUID id = UUID.randomUUID();
        try (LibvirtConnection connection = LibvirtConnection.to("qemu:///system", Clock.systemUTC())) {
            connection.start();
            connection.awaitFirst(Duration.ofSeconds(60));
            LibvirtSecrets secrets = new LibvirtSecrets(connection, Clock.systemUTC());
            HypervisorSecret secret = new HypervisorSecret(id, "a test's <" + id + "> & more", "QUJD");
            secrets.keep(secret);
            secrets.keep(secret);
            assertThat(virsh("secret-list")).contains(id.toString());
            assertThat(virsh("secret-dumpxml", id.toString()))
                    .contains("ephemeral='yes'", "private='yes'")
                    .doesNotContain("QUJD");
            secrets.forget(id);
            secrets.forget(id);
            assertThat(virsh("secret-list")).doesNotContain(id.toString());
        }
    }

    private static String virsh(String... arguments) {
        var command = new ArrayList<String>(List.of("virsh", "--connect", "qemu:///system"));
        command.addAll(List.of(arguments));
        return new ProcessTool().run(CommandLine.of(command.toArray(String[]::new)));
    }
}
