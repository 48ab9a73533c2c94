package io.limiquantix.gateway.api;

import io.limiquantix.bus.tasks.TaskApi;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.gateway.events.AwaitedTasks;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.runtime.bus.Bus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Durable tasks. */
public final class TaskOperations {
    private final Bus bus;
    private final AwaitedTasks awaited;

    public TaskOperations(Bus bus, AwaitedTasks awaited) {
        this.bus = bus;
        this.awaited = awaited;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("listTasks", (Plain) this::list);
        operations.put("getTask", (Plain) this::get);
        operations.put("cancelTask", (Plain) this::cancel);
    }

    private Answer list(ApiRequest request) {
        var query = new TaskApi.ListTasks(
                request.page(),
                request.values().optionalId("targetId").orElse(null),
                request.values().flag("active").orElse(null),
                request.values()
                        .text("kinds")
                        .map(kinds -> List.of(kinds.split(",")))
                        .orElse(List.of()));
        return Answer.ok(bus.request(TaskApi.LIST, query, request.caller()));
    }

    private Answer get(ApiRequest request) {
        Duration wait =
                Duration.ofSeconds(request.values().integer("waitSeconds").orElse(0));
        TaskApi.Get wanted = task(request);
        TaskView task = awaited.await(wanted.taskId(), wait, () -> bus.request(TaskApi.GET, wanted, request.caller()));
        return Answer.versioned(task, task.version());
    }

    private Answer cancel(ApiRequest request) {
        return Answer.ok(bus.request(TaskApi.CANCEL, task(request), request.caller()));
    }

    private static TaskApi.Get task(ApiRequest request) {
        return new TaskApi.Get(request.values().id("taskId"));
    }
}
