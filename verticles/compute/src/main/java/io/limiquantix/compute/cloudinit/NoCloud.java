package io.limiquantix.compute.cloudinit;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.VmView.Nic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The three documents from which cloud-init's NoCloud source sets up a guest.
 *
 * @param userData holds a password's hash, never a password
 */
public record NoCloud(String metaData, String userData, String networkConfig) {
    /**
     * @throws io.limiquantix.bus.FailureException {@code INVALID} when the caller's own user-data is not acceptable
     */
    public static NoCloud of(UUID vmId, String vmName, CloudInit wish, List<Nic> nics) {
        return of(vmId.toString(), vmName, wish, nics, false);
    }

    /** The same with secrets hidden, for people's eyes. */
    public static NoCloud masked(String instanceId, String vmName, CloudInit wish, List<Nic> nics) {
        return of(instanceId, vmName, wish, nics, true);
    }

    private static NoCloud of(String instanceId, String vmName, CloudInit wish, List<Nic> nics, boolean isMasked) {
        HostName name = HostName.of(wish.hostName(), vmName);
        Map<String, Object> metaData = new LinkedHashMap<>();
        metaData.put("instance-id", instanceId);
        metaData.put("local-hostname", name.full().orElse(name.label()));
        return new NoCloud(
                YamlText.of(metaData), UserData.of(name, wish, isMasked), YamlText.of(NetworkConfig.of(nics, wish)));
    }

    /** The hash stays out of logs. */
    @Override
    public String toString() {
        return "NoCloud[" + metaData.strip() + "]";
    }
}
