package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The commands by which a person frees a disk of what is another pool's, which the driver never removes. */
final class ByHand {
    private final String group;
    private final String asItsHost;

    /** @param found a group as vgs(8) reports it, with its system id */
    ByHand(JsonNode found) {
        group = found.path("vg_name").asText();
        String host = found.path("vg_systemid").asText();
        asItsHost = host.isEmpty() ? "" : "--config 'global{system_id_source=lvmlocal} local{system_id=" + host + "}' ";
    }

    /** Removes the group with all that it holds, so that the disk is empty. */
    String remove(LvmCommands commands) {
        List<String> lines = new ArrayList<>();
        lines.add("vgremove --yes " + asItsHost + group);
        // The kernel's names of disks change, those by label stay.
        commands.report("pvs", "pv_uuid", "--foreign").stream()
                .map(label -> "pvremove --yes /dev/disk/by-id/lvm-pv-uuid-"
                        + label.path("pv_uuid").asText())
                .forEach(lines::add);
        return shown(lines);
    }

    /** Takes a pool's mark from the group, which stays with all that it holds. */
    String unmark(String tag) {
        List<String> lines = new ArrayList<>();
        if (!asItsHost.isEmpty()) {
            lines.add("vgchange -an " + asItsHost + group);
            lines.add("vgchange --yes " + asItsHost + "--systemid '' " + group);
        }
        lines.add("vgchange --deltag " + tag + " " + group);
        return shown(lines);
    }

    private static String shown(List<String> lines) {
        return "on a host that sees the disk, \"" + String.join("\", then \"", lines) + "\".";
    }
}
