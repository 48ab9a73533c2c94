package io.limiquantix.storage;

import static io.limiquantix.storage.StorageProcess.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.bus.storage.TakeoverApi;
import io.limiquantix.bus.storage.TakeoverApi.LetGo;
import io.limiquantix.bus.storage.TakeoverApi.TakeOver;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.id.Uuid7;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Volumes of VMs that are adopted and released. */
class TakeoversIT {
    private final FakeHosts hosts = new FakeHosts();
    private final StorageProcess storage = StorageProcess.start(hosts);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable FailureException refusal;

    TakeoversIT() {
        var bus = storage.plane.bus();
        bus.serve(HostAdoptionApi.TAKE_FILE, hosts.one, (q, caller) -> {
            asked.add("take " + q.file() + " " + q.format());
            FailureException no = refusal;
            if (no != null) {
                throw no;
            }
            return new VolumeReport(q.volumeId(), "/pool/" + q.volumeId() + ".qcow2", "qcow2", 1 << 30, 4096);
        });
        bus.serve(HostAdoptionApi.LET_GO, hosts.one, (q, caller) -> {
            asked.add("let go " + q.volumeId());
            return Nothing.NOTHING;
        });
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private TakeOver wish(UUID volume, UUID pool, UUID vm) {
        return new TakeOver(volume, pool, hosts.one, vm, "web-1", "/srv/web.qcow2", "qcow2");
    }

    @Test
    void oneIsItsVmsFromTheBeginningAndGoesWithoutAByte() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        UUID volume = Uuid7.next();
        UUID vm = Uuid7.next();
        VolumeView taken = storage.ask(TakeoverApi.TAKE_OVER, wish(volume, pool, vm));
        assertThat(taken.state()).isEqualTo(VolumeView.State.READY);
        assertThat(taken.format()).isEqualTo("qcow2");
        assertThat(taken.independent()).isTrue();
        assertThat(taken.attachments()).containsExactly(new VolumeView.Attachment(vm, false));
        assertThat(storage.ask(TakeoverApi.TAKE_OVER, wish(volume, pool, vm))).isEqualTo(taken);
        assertThat(asked).containsExactly("take /srv/web.qcow2 qcow2");
        storage.ask(TakeoverApi.LET_GO, new LetGo(volume, hosts.one, vm));
        storage.ask(TakeoverApi.LET_GO, new LetGo(volume, hosts.one, vm));
        assertThat(asked).containsExactly("take /srv/web.qcow2 qcow2", "let go " + volume);
        assertThat(storage.volumes()).isEmpty();
    }

    /** An undo is asked for what was refused as well. */
    @Test
    void aVolumeOfSomebodyElseIsNeitherTakenNorLetGo() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        VolumeView other = storage.madeVolume(pool, "data");
        UUID vm = Uuid7.next();
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(TakeoverApi.TAKE_OVER, wish(other.id(), pool, vm)));
        storage.ask(TakeoverApi.LET_GO, new LetGo(other.id(), hosts.one, vm));
        assertThat(storage.volumes()).extracting(VolumeView::id).containsExactly(other.id());
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheHostRefusesIsGoneWhenItIsLetGo() {
        UUID pool = storage.createPool("p1", hosts.one).id();
        UUID volume = Uuid7.next();
        UUID vm = Uuid7.next();
        refusal = FailureException.conflict("Its file stands on another one.");
        assertRefused(FailureCode.CONFLICT, () -> storage.ask(TakeoverApi.TAKE_OVER, wish(volume, pool, vm)));
        storage.ask(TakeoverApi.LET_GO, new LetGo(volume, hosts.one, vm));
        assertThat(storage.volumes()).isEmpty();
    }
}
