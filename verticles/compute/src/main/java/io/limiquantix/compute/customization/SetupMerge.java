package io.limiquantix.compute.customization;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the fields that a request says in place of a spec's. Those that it does not name are the spec's. */
final class SetupMerge {
    private final Set<String> given;

    /** @param given by their names in the API */
    SetupMerge(Collection<String> given) {
        this.given = Set.copyOf(given);
    }

    /** Addresses are one field in this, whether they are said for the first interface or for each. */
    CloudInit of(CloudInit kept, CloudInit said) {
        boolean addresses = given.contains("network") || given.contains("networks");
        return new CloudInit(
                pick("hostName", said.hostName(), kept.hostName()),
                pick("user", said.user(), kept.user()),
                pick("password", said.passwordHash(), kept.passwordHash()),
                pick("sshKeys", said.sshKeys(), kept.sshKeys()),
                pick("sshPasswordLogin", said.sshPasswordLogin(), kept.sshPasswordLogin()),
                pick("packages", said.packages(), kept.packages()),
                addresses ? said.network() : kept.network(),
                addresses ? said.networks() : kept.networks(),
                pick("runCommands", said.runCommands(), kept.runCommands()),
                pick("locale", said.locale(), kept.locale()),
                pick("timeZone", said.timeZone(), kept.timeZone()),
                pick("userData", said.userData(), kept.userData()),
                pick("agent", said.agent(), kept.agent()),
                pick("nobodyLogsIn", said.nobodyLogsIn(), kept.nobodyLogsIn()));
    }

    Cloudbase of(Cloudbase kept, Cloudbase said) {
        return new Cloudbase(
                pick("hostName", said.hostName(), kept.hostName()),
                pick("sshKeys", said.sshKeys(), kept.sshKeys()),
                pick("userData", said.userData(), kept.userData()));
    }

    private <T extends @Nullable Object> T pick(String field, T said, T kept) {
        return given.contains(field) ? said : kept;
    }
}
