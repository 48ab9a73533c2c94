package io.limiquantix.gateway.events;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.CustomizationApi;
import io.limiquantix.bus.compute.NetworkApi;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.gateway.api.CustomizationSpecBody;
import io.limiquantix.gateway.api.HostNames;
import io.limiquantix.gateway.api.NetworkBody;
import io.limiquantix.gateway.api.PoolBody;
import io.limiquantix.gateway.api.VmBody;
import io.limiquantix.gateway.api.VolumeBody;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Asks the owner of a thing for it, as the API shows it. */
final class Resources {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;

    Resources(Bus bus) {
        this.bus = bus;
    }

    /** Blocks; empty when the thing is gone. */
    Optional<Record> load(String kind, UUID id) {
        Caller caller = Caller.of(Actor.platform("gateway"), PATIENCE);
        try {
            return Optional.of(
                    switch (kind) {
                        case "vm" -> VmBody.of(bus.request(ComputeApi.GET, new ComputeApi.Vm(id), caller));
                        case "host" -> bus.request(SchedulerApi.GET_HOST, new SchedulerApi.Host(id), caller);
                        case "pool" ->
                            PoolBody.of(
                                    bus.request(StorageApi.GET_POOL, new StorageApi.Pool(id), caller),
                                    HostNames.ask(bus, caller));
                        case "volume" ->
                            VolumeBody.of(bus.request(StorageApi.GET_VOLUME, new StorageApi.Volume(id), caller));
                        case "network" ->
                            NetworkBody.of(
                                    bus.request(NetworkApi.GET, new NetworkApi.Network(id), caller),
                                    HostNames.ask(bus, caller));
                        case "customizationSpec" ->
                            CustomizationSpecBody.of(
                                    bus.request(CustomizationApi.GET, new CustomizationApi.Spec(id), caller));
                        case "image" -> bus.request(ImagesApi.GET, new ImagesApi.Image(id), caller);
                        case "task" -> bus.request(TaskApi.GET, new TaskApi.Get(id), caller);
                        default -> throw new IllegalArgumentException("nobody owns things of the kind " + kind);
                    });
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
