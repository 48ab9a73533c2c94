package io.limiquantix.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.gateway.http.LiveStreams;
import io.limiquantix.gateway.testing.ApiClient;
import io.limiquantix.gateway.testing.StubIdentity;
import io.limiquantix.gateway.testing.TestGateway;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction.Change;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Eventually;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamIT {
    private static final TestGateway GATEWAY = TestGateway.start();
    private static final Set<UUID> VOLUMES = ConcurrentHashMap.newKeySet();

    private final ApiClient client = GATEWAY.client().logIn();

    @BeforeAll
    static void serve() {
        GATEWAY.bus().serve(StorageApi.GET_VOLUME, (request, caller) -> {
            if (!VOLUMES.contains(request.volumeId())) {
                throw FailureException.notFound("There is no such volume.");
            }
            return volume(request.volumeId());
        });
        GATEWAY.bus().serve(ImagesApi.GET, (request, caller) -> image(request.imageId()));
    }

    private static ImageView image(UUID id) {
        return new ImageView(
                id,
                "secret",
                "",
                null,
                null,
                "raw",
                ImageView.State.READY,
                null,
                1,
                1,
                List.of(),
                null,
                null,
                Instant.EPOCH,
                1,
                null,
                List.of(),
                new ImageView.Owner(StubIdentity.userId("anna"), "anna"),
                ImageView.Visibility.PRIVATE,
                null,
                null);
    }

    /** Whoever may not see it is told what they are told of a thing that is gone. */
    @Test
    void aPrivateImageIsToldToItsOwnerAndAdministratorsOnly() {
        String lastId;
        UUID image = Uuid7.next();
        try (EventListener admins = EventListener.open(client, null);
                EventListener annas = EventListener.open(GATEWAY.client().logIn("anna"), null);
                EventListener berts = EventListener.open(GATEWAY.client().logIn("bert"), null)) {
            lastId = berts.lastId();
            database().run(tx -> tx.changed("image", image, Change.CREATED));
            for (EventListener listener : List.of(admins, annas)) {
                assertThat(listener.await(image, "created")
                                .data()
                                .at("/resource/name")
                                .asText())
                        .isEqualTo("secret");
            }
            assertThat(berts.await(image, "deleted").data().has("resource")).isFalse();
        }
        try (EventListener back = EventListener.open(GATEWAY.client().logIn("bert"), lastId)) {
            assertThat(back.await(image, "deleted").data().toString()).doesNotContain("secret");
        }
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static VolumeView volume(UUID id) {
        return new VolumeView(
                id,
                id,
                null,
                "v-ü",
                "qcow2",
                1,
                1,
                VolumeView.State.READY,
                VolumeOrigin.ZEROES,
                false,
                0,
                false,
                List.of(),
                null,
                Instant.EPOCH,
                1);
    }

    private static Database database() {
        return GATEWAY.plane().controlPlane().database();
    }

    private static UUID happens(Change change) {
        UUID id = Uuid7.next();
        VOLUMES.add(id);
        happens(id, change);
        return id;
    }

    private static void happens(UUID id, Change change) {
        database().run(tx -> tx.changed("volume", id, change));
    }

    @Test
    void everyClientHearsOfAChangeWithTheThingAsItIs() {
        try (EventListener one = EventListener.open(client, null);
                EventListener two = EventListener.open(GATEWAY.client().logIn(), null)) {
            UUID made = happens(Change.CREATED);
            EventListener.Event event = one.await(made, "created");
            assertThat(event.name()).isEqualTo("volume");
            assertThat(event.data().path("kind").asText()).isEqualTo("volume");
            assertThat(event.data().path("resource").path("name").asText()).isEqualTo("v-ü");
            assertThat(two.await(made, "created")).isEqualTo(event);
            VOLUMES.remove(made);
            happens(made, Change.DELETED);
            assertThat(one.await(made, "deleted").data().path("resource").isObject())
                    .isFalse();
        }
    }

    @Test
    void aThingThatIsGoneMeanwhileIsToldAsDeleted() {
        try (EventListener listener = EventListener.open(client, null)) {
            UUID gone = Uuid7.next();
            happens(gone, Change.CHANGED);
            listener.await(gone, "deleted");
        }
    }

    @Test
    void aClientThatComesBackMissesNothingAndHearsNothingTwice() {
        String lastId;
        UUID seen;
        try (EventListener before = EventListener.open(client, null)) {
            seen = happens(Change.CREATED);
            before.await(seen, "created");
            lastId = before.lastId();
        }
        List<UUID> missed = List.of(happens(Change.CREATED), happens(Change.CHANGED), happens(Change.CREATED));
        try (EventListener back = EventListener.open(client, lastId)) {
            UUID live = happens(Change.CREATED);
            back.await(live, "created");
            List<String> ids = back.events().stream()
                    .map(event -> event.data().path("id").asText())
                    .toList();
            assertThat(ids)
                    .containsExactly(
                            missed.get(0).toString(),
                            missed.get(1).toString(),
                            missed.get(2).toString(),
                            live.toString());
            assertThat(back.events()).extracting(EventListener.Event::name).doesNotContain("reset");
        }
    }

    @Test
    void aClientThatWasAwayTooLongIsToldToReadEverythingAgain() {
        String lastId;
        try (EventListener before = EventListener.open(client, null)) {
            before.await(happens(Change.CREATED), "created");
            lastId = before.lastId();
        }
        UUID later = happens(Change.CREATED);
        try (EventListener other = EventListener.open(client, lastId)) {
            other.await(later, "created");
        }
        database().update("delete from runtime.changes where object_id <> $1", later);
        assertReset(lastId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1", "-1-1", "1-1-1", "99999999999999999999-1", "900000000000000000-1"})
    void aPlaceThatNeverWasIsAnsweredWithAReset(String lastId) {
        happens(Change.CREATED);
        assertReset(lastId);
    }

    /** After the reset the stream is live. */
    private void assertReset(String lastId) {
        try (EventListener back = EventListener.open(client, lastId)) {
            Eventually.holds(() -> !back.events().isEmpty());
            assertThat(back.events().getFirst().name()).isEqualTo("reset");
            back.await(happens(Change.CREATED), "created");
        }
    }

    @Test
    void theStreamEndsWithItsSessionAndNoOther() {
        ApiClient other = GATEWAY.client().logIn();
        try (EventListener mine = EventListener.open(client, null);
                EventListener others = EventListener.open(other, null)) {
            String token = client.cookie().split("=", 2)[1];
            GATEWAY.bus()
                    .publish(
                            IdentityApi.SESSIONS_ENDED,
                            new IdentityApi.SessionsEnded(List.of(LiveStreams.session(new Secret(token)))));
            Eventually.holds(mine::hasEnded);
            Eventually.holds(() -> GATEWAY.management("/metrics").contains("limiquantix_event_clients 1\n"));
            others.await(happens(Change.CREATED), "created");
            assertThat(others.hasEnded()).isFalse();
        }
    }

    /** A session that ran out, which nobody announces. */
    @Test
    void theStreamOfASessionThatIsNoMoreEndsSoon() {
        try (EventListener listener = EventListener.open(client, null)) {
            assertThat(client.delete("/session").status()).isEqualTo(204);
            Eventually.holds(listener::hasEnded);
        }
    }
}
