package io.limiquantix.host.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MovedDefinitionTest {
    private static final UUID VOLUME = UUID.fromString("01a22d12-77bb-7047-a632-7cb335bb15a1");

    private static String domain(String type, String devices) {
        return "<domain type='" + type + "'><name>web</name><devices>" + devices + "</devices></domain>";
    }

    private static String disk(String target, String file) {
        return "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='" + file
                + "' index='2'/>"
                + "<target dev='" + target + "' bus='virtio'/><serial>" + DiskName.serial(VOLUME)
                + "</serial><address type='pci' slot='0x07'/></disk>";
    }

    private static String drive(String file) {
        return "<disk type='file' device='cdrom'><source file='" + file + "'/><target dev='sda' bus='sata'/></disk>";
    }

    private static String card(String network) {
        return "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='" + network
                + "'/><address type='pci' slot='0x08'/></interface>";
    }

    private static String ports(String folder) {
        return "<serial type='unix'><source mode='bind' path='" + folder + "/serial'/></serial>"
                + "<console type='unix'><source mode='bind' path='" + folder + "/serial'/></console>";
    }

    private static final String SCREEN = "<graphics type='vnc' passwd='canary7'/>";

    @Test
    void isTheSameMachineWithAllThatItStandsOnWhereTheOtherHostHasIt() {
        String here = domain(
                "qemu", disk("vdc", "/here/disk") + drive("/here/iso") + card("here-net") + ports("/here") + SCREEN);
        String there =
                domain("qemu", disk("vda", "/there/disk") + drive("/there/iso") + card("there-net") + ports("/there"));
        String moved = MovedDefinition.of(here, there);
        assertThat(moved)
                .contains("/there/disk", "/there/iso", "there-net", "canary7", "dev=\"vdc\"", "slot=\"0x07\"")
                .doesNotContain("/here", "here-net\"/><source")
                .doesNotContain("\"here-net\"");
        assertThat(moved.split("/there/serial", -1)).hasSize(3);
        assertThat(MovedDefinition.target(moved, VOLUME)).isEqualTo("vdc");
        assertThat(MovedDefinition.name(moved)).isEqualTo("web");
    }

    @Test
    void itsVariablesAreInAFileOfItsNameAtTheOtherHost() {
        String here =
                domain("qemu", "").replace("<devices>", "<os><nvram>/lib/nvram/web_VARS.fd</nvram></os><devices>");
        String there = domain("qemu", "").replace("<name>web<", "<name>web-12345678<");
        assertThat(MovedDefinition.of(here, there)).contains("<nvram>/lib/nvram/web-12345678_VARS.fd</nvram>");
        assertThat(MovedDefinition.of(here, domain("qemu", ""))).contains("<nvram>/lib/nvram/web_VARS.fd</nvram>");
    }

    @Test
    void aHostWithAnotherKindOfGuestsIsRefused() {
        assertRefused("kvm", "", domain("qemu", ""), "runs guests by qemu");
    }

    @Test
    void aMachineThatRunsWithOtherDevicesThanItIsToHaveIsRefused() {
        assertRefused("qemu", disk("vda", "/here"), domain("qemu", ""), "drives");
        assertRefused("qemu", "", domain("qemu", card("net")), "network cards");
    }

    private static void assertRefused(String type, String devices, String there, String why) {
        assertThatThrownBy(() -> MovedDefinition.of(domain(type, devices), there))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining(why);
    }
}
