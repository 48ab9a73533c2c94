package io.limiquantix.images.catalogue;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has hosts read catalogues of the web, as it is they that reach it, within what their operators allow. */
final class WebCatalogues {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** One of them may reach what another does not. */
    private static final int MOST_HOSTS = 2;

    private final Bus bus;

    WebCatalogues(Bus bus) {
        this.bus = bus;
    }

    /** @throws FailureException with the reason of the host that was asked last */
    WebText read(String url, @Nullable String etag) {
        var question = new HostTransferApi.ReadText(url, etag);
        FailureException last = FailureException.of(FailureCode.UNAVAILABLE, "No host is up that could read it.");
        for (HostView host : hosts()) {
            try {
                return bus.request(HostTransferApi.READ_TEXT.at(host.id()), question, caller());
            } catch (FailureException e) {
                last = e;
            }
        }
        throw last;
    }

    private List<HostView> hosts() {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller()).items().stream()
                .filter(host -> host.state() == HostView.State.UP)
                .limit(MOST_HOSTS)
                .toList();
    }

    private static Caller caller() {
        return Caller.of(Actor.platform("images"), PATIENCE);
    }
}
