package io.limiquantix.compute.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.CloudInit.StaticNetwork;
import io.limiquantix.bus.compute.VmView.Nic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoCloudTest {
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String HASH = "$6$salt$" + "x".repeat(86);
    private static final List<Nic> NICS =
            List.of(new Nic("default", "52:54:00:00:00:01"), new Nic("lan", "52:54:00:00:00:02"));

    private static NoCloud documents(CloudInit wish) {
        return NoCloud.of(ID, "web_1", wish, NICS);
    }

    private static CloudInit plain(@Nullable String hostName, String user) {
        return new CloudInit(hostName, user, null, List.of(), false, List.of(), null);
    }

    @Test
    void aPlainWishGivesPlainDocuments() {
        NoCloud documents = documents(plain(null, "admin"));
        assertThat(documents.metaData()).isEqualTo("""
                instance-id: "0198c0de-0000-7000-8000-000000000001"
                local-hostname: "web-1"
                """);
        assertThat(documents.userData()).isEqualTo("""
                #cloud-config
                hostname: "web-1"
                manage_etc_hosts: true
                users:
                - name: "admin"
                  sudo: "ALL=(ALL) NOPASSWD:ALL"
                  shell: "/bin/bash"
                  lock_passwd: true
                ssh_pwauth: false
                """);
        assertThat(documents.networkConfig()).isEqualTo("""
                version: 2
                ethernets:
                  eth0:
                    match:
                      macaddress: "52:54:00:00:00:01"
                    set-name: "eth0"
                    dhcp4: true
                  eth1:
                    match:
                      macaddress: "52:54:00:00:00:02"
                    set-name: "eth1"
                    dhcp4: true
                    optional: true
                """);
    }

    @Test
    void aFullWishIsWrittenInFull() {
        var network = new StaticNetwork("192.0.2.10/24", "192.0.2.1", List.of("192.0.2.53", "2001:db8::53"));
        NoCloud documents = documents(new CloudInit(
                "web.example.com",
                "admin",
                HASH,
                List.of("ssh-ed25519 AAAA a \"comment\": # yes"),
                true,
                List.of("nginx"),
                network));
        assertThat(documents.metaData()).contains("local-hostname: \"web.example.com\"");
        assertThat(documents.userData()).isEqualTo("""
                #cloud-config
                hostname: "web"
                fqdn: "web.example.com"
                manage_etc_hosts: true
                users:
                - name: "admin"
                  sudo: "ALL=(ALL) NOPASSWD:ALL"
                  shell: "/bin/bash"
                  lock_passwd: false
                  hashed_passwd: "%s"
                  ssh_authorized_keys:
                  - "ssh-ed25519 AAAA a \\"comment\\": # yes"
                ssh_pwauth: true
                package_update: true
                packages:
                - "nginx"
                """.formatted(HASH));
        assertThat(documents.networkConfig()).startsWith("""
                version: 2
                ethernets:
                  eth0:
                    match:
                      macaddress: "52:54:00:00:00:01"
                    set-name: "eth0"
                    addresses:
                    - "192.0.2.10/24"
                    gateway4: "192.0.2.1"
                    nameservers:
                      addresses:
                      - "192.0.2.53"
                      - "2001:db8::53"
                """);
    }

    @Test
    void rootMayLogInWhereRootIsTheUser() {
        assertThat(documents(plain(null, "root")).userData())
                .contains("disable_root: false")
                .doesNotContain("sudo");
    }

    @Test
    void aVmWithoutInterfacesHasAnEmptyConfiguration() {
        assertThat(NoCloud.of(ID, "web", plain(null, "admin"), List.of()).networkConfig())
                .isEqualTo("version: 2\nethernets: {}\n");
    }

    @Test
    void aHashIsNotPrinted() {
        CloudInit wish = new CloudInit(null, "admin", HASH, List.of(), true, List.of(), null);
        assertThat(documents(wish).toString()).doesNotContain(HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "web_1, web-1, ",
        "a.b.c, a, a.b.c",
        "a..b, a, a.b",
        "x-., x, ",
        "1, 1, ",
        "Web.Example, Web, Web.Example"
    })
    void aVmsNameBecomesAHostName(String vmName, String label, @Nullable String full) {
        HostName name = HostName.of(null, vmName);
        assertThat(name.label()).isEqualTo(label);
        assertThat(name.full().orElse(null)).isEqualTo(full);
    }
}
