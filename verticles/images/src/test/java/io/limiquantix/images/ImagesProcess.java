package io.limiquantix.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A control plane with the images verticle. */
final class ImagesProcess implements AutoCloseable {
    static final String SHA = "ab".repeat(32);
    static final FakeStorage.Bytes GOOD = new FakeStorage.Bytes("qcow2", SHA);
    static final SystemFacts DEBIAN_12 = SystemFacts.of(Family.LINUX, "Debian", "12");
    static final long LARGEST = 1L << 30;
    final TestControlPlane plane;
    private final FakeStorage storage;

    private ImagesProcess(TestControlPlane plane, FakeStorage storage) {
        this.plane = plane;
        this.storage = storage;
    }

    static DatabaseAddress database() {
        return TestControlPlane.database("images");
    }

    static ImagesProcess start(FakeStorage storage) {
        return start(storage, database(), TaskObserver.NONE);
    }

    static ImagesProcess start(FakeStorage storage, DatabaseAddress address, TaskObserver observer) {
        return start(storage, address, observer, "");
    }

    /** @param more settings of the section, each with a comma before it */
    static ImagesProcess start(FakeStorage storage, DatabaseAddress address, TaskObserver observer, String more) {
        TestControlPlane plane =
                TestControlPlane.on(address, "{images: {maxUploadBytes: " + LARGEST + more + "}}", observer);
        storage.serve(plane.bus());
        plane.deploy(ImagesVerticle::new);
        return new ImagesProcess(plane, storage);
    }

    ImageView draft(String name, @Nullable String sha256, @Nullable UUID poolId, Caller caller) {
        return draftWith(name, new ImagesApi.Sums(sha256, null, null), poolId, caller);
    }

    ImageView draftWith(String name, ImagesApi.Sums sums, @Nullable UUID poolId, Caller caller) {
        var request = new ImagesApi.CreateImage(name, "", DEBIAN_12, "debian", "qcow2", sums, poolId);
        return plane.bus().request(ImagesApi.CREATE, request, caller);
    }

    ImageView draftOf(String format, ImagesApi.Sums sums) {
        var request = new ImagesApi.CreateImage("of-" + format, "", null, null, format, sums, null);
        return plane.bus().request(ImagesApi.CREATE, request, TestControlPlane.caller());
    }

    ImageView appliance(String name) {
        var sums = new ImagesApi.Sums(null, null, null);
        var request = new ImagesApi.CreateImage(name, "", null, null, "ova", sums, null);
        return plane.bus().request(ImagesApi.CREATE, request, TestControlPlane.caller());
    }

    ImageView draft(String name) {
        return draft(name, null, null, TestControlPlane.caller());
    }

    StreamTicket beginUpload(UUID imageId) {
        return beginUpload(imageId, 1000);
    }

    StreamTicket beginUpload(UUID imageId, long bytes) {
        return plane.bus()
                .request(ImagesApi.BEGIN_UPLOAD, new ImagesApi.BeginUpload(imageId, bytes), TestControlPlane.caller());
    }

    TaskRef finishUpload(UUID imageId, Caller caller) {
        return plane.bus().request(ImagesApi.FINISH_UPLOAD, new ImagesApi.Image(imageId), caller);
    }

    TaskRef finishUpload(UUID imageId) {
        return finishUpload(imageId, TestControlPlane.caller());
    }

    /** All of an upload but for the end of its check. */
    TaskRef upload(UUID imageId, FakeStorage.Bytes bytes) {
        storage.upload(beginUpload(imageId), imageId, bytes);
        return finishUpload(imageId);
    }

    /** An image that is ready. */
    ImageView ready(String name) {
        UUID id = draft(name).id();
        succeeded(upload(id, GOOD));
        return image(id);
    }

    TaskRef importFile(UUID imageId, @Nullable UUID hostId, String path, Caller caller) {
        return plane.bus().request(ImagesApi.IMPORT_FILE, new ImagesApi.ImportFile(imageId, hostId, path), caller);
    }

    TaskRef importFile(UUID imageId, @Nullable UUID hostId, String path) {
        return importFile(imageId, hostId, path, TestControlPlane.caller());
    }

    TaskRef download(UUID imageId, String url) {
        return download(imageId, url, null);
    }

    TaskRef download(UUID imageId, String url, @Nullable String checksumsUrl) {
        var request = new ImagesApi.DownloadFile(imageId, url, checksumsUrl);
        return plane.bus().request(ImagesApi.DOWNLOAD_FILE, request, TestControlPlane.caller());
    }

    ImageView describe(ImagesApi.DescribeImage said) {
        return plane.bus().request(ImagesApi.DESCRIBE, said, TestControlPlane.caller());
    }

    TaskRef delete(UUID imageId, Caller caller) {
        return plane.bus().request(ImagesApi.DELETE, new ImagesApi.DeleteImage(imageId, false), caller);
    }

    TaskRef delete(UUID imageId) {
        return delete(imageId, TestControlPlane.caller());
    }

    ImageView image(UUID id) {
        return plane.bus().request(ImagesApi.GET, new ImagesApi.Image(id), TestControlPlane.caller());
    }

    ImagesApi.Images list(Page page, @Nullable String search, @Nullable String sha256) {
        return plane.bus()
                .request(
                        ImagesApi.LIST,
                        new ImagesApi.ListImages(page, search, sha256, null, null, null, null),
                        TestControlPlane.caller());
    }

    TaskView succeeded(TaskRef ref) {
        return ended(ref, TaskState.SUCCEEDED);
    }

    TaskView failed(TaskRef ref) {
        return ended(ref, TaskState.FAILED);
    }

    private TaskView ended(TaskRef ref, TaskState expected) {
        TaskView task = plane.awaitEnd(ref.taskId());
        if (task.state() != expected) {
            throw new AssertionError("not " + expected + ": " + task);
        }
        return task;
    }

    static void assertRefused(FailureCode code, String words, ThrowingCallable request) {
        assertThatThrownBy(request).hasMessageContaining(words).isInstanceOfSatisfying(FailureException.class, e -> {
            if (e.code() != code) {
                throw new AssertionError("refused with " + e.failure(), e);
            }
        });
    }

    @Override
    public void close() {
        plane.close();
    }
}
