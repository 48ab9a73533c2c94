package io.limiquantix.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Json;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.runtime.id.Uuid7;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A task that a client waits for with one request. */
class AwaitedTasksIT {
    private static final TestGateway GATEWAY = TestGateway.start();

    private final ApiClient client = GATEWAY.client().logIn();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    /** Of a kind that no verticle of this process knows, so that nobody works on it. */
    private static UUID begin() {
        UUID id = Uuid7.next();
        database()
                .update(
                        "insert into runtime.tasks (id, operation_id, kind, target_kind, target_id, target_name, actor_name,"
                                + " input, state) values ($1, $1, 'test.task', 'volume', $1, 'v', 'admin', $2, $3)",
                        id,
                        Json.of(Nothing.NOTHING),
                        TaskState.RUNNING);
        return id;
    }

    private static void becomes(UUID id, TaskState state) {
        database().run(tx -> {
            tx.update("update runtime.tasks set state = $2 where id = $1", id, state);
            tx.changed("task", id, Change.CHANGED);
        });
    }

    private static Database database() {
        return GATEWAY.plane().controlPlane().database();
    }

    private CompletableFuture<ApiClient.Reply> ask(UUID id, int seconds) {
        return CompletableFuture.supplyAsync(
                () -> client.get("/tasks/" + id + "?waitSeconds=" + seconds), Thread::startVirtualThread);
    }

    @Test
    void theAnswerComesWhenTheTaskHasEndedAndNotAtEachChange() {
        UUID id = begin();
        var asked = ask(id, 50);
        try (EventListener listener = EventListener.open(client, null)) {
            becomes(id, TaskState.UNDOING);
            listener.await(id, "changed");
            assertThat(asked).isNotDone();
        }
        becomes(id, TaskState.CANCELLED);
        assertThat(asked.join().body().path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aTaskThatGoesOnIsAnsweredAsItIsWhenTheTimeIsOver() {
        ApiClient.Reply reply = ask(begin(), 1).join();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void aTaskThatHasEndedAndOneThatNobodyWaitsForAreAnsweredAtOnce() {
        UUID ended = begin();
        becomes(ended, TaskState.SUCCEEDED);
        assertThat(ask(ended, 50).join().body().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ask(begin(), 0).join().body().path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void nobodyWaitsLongerThanProxiesKeepAConnection() {
        ApiClient.Reply reply = ask(begin(), 51).join();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.field()).isEqualTo("waitSeconds");
    }
}
