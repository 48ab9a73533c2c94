package io.limiquantix.host.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.host.domain.XmlLookup;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineOfferingTest {
    private static final Set<String> OLD = Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3");

    private static MachineOffers read(Accelerator accelerator, String xml) {
        return MachineOffering.offers(XmlLookup.parse(xml), accelerator, OLD, List.of("i6300esb"));
    }

    /** As libvirt says it on a machine without the packages ovmf and swtpm. */
    @Test
    void whatIsNotInstalledIsNotOffered() {
        MachineOffers offers = read(Accelerator.KVM, """
                <domainCapabilities>
                  <os supported='yes'>
                    <enum name='firmware'/>
                    <loader supported='yes'><enum name='secure'><value>no</value></enum></loader>
                  </os>
                  <cpu>
                    <mode name='host-passthrough' supported='yes'/>
                    <mode name='host-model' supported='no'/>
                    <mode name='custom' supported='yes'>
                      <model usable='yes'>Nehalem</model>
                      <model usable='no'>EPYC-Rome</model>
                    </mode>
                  </cpu>
                  <devices>
                    <tpm supported='yes'><enum name='backendModel'><value>passthrough</value></enum></tpm>
                  </devices>
                </domainCapabilities>
                """);
        assertThat(offers)
                .isEqualTo(new MachineOffers(
                        false, false, false, List.of("Nehalem", "host-passthrough", "x86-64-v2"), List.of("i6300esb")));
    }

    @Test
    void whatIsInstalledIsOffered() {
        MachineOffers offers = read(Accelerator.TCG, """
                <domainCapabilities>
                  <os supported='yes'>
                    <enum name='firmware'><value>bios</value><value>efi</value></enum>
                    <loader supported='yes'><enum name='secure'><value>yes</value><value>no</value></enum></loader>
                  </os>
                  <devices>
                    <tpm supported='yes'>
                      <enum name='model'><value>tpm-crb</value></enum>
                      <enum name='backendModel'><value>passthrough</value><value>emulator</value></enum>
                    </tpm>
                  </devices>
                </domainCapabilities>
                """);
        assertThat(offers.uefi()).isTrue();
        assertThat(offers.secureBoot()).isTrue();
        assertThat(offers.tpm()).isTrue();
        assertThat(offers.cpuModels()).as("whatever the processor is").containsExactly("x86-64-v2");
    }
}
