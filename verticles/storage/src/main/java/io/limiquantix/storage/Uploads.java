package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.storage.UploadStore.Upload;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bytes of people that are to become volumes. The host checks them as it does an image's before anything reads them. */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final Database database;
    private final Bus bus;
    private final UploadTasks tasks;
    private final StorageConfig config;
    private final Clock clock;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();
    private final UploadStore store = new UploadStore();

    Uploads(Database database, Bus bus, UploadTasks tasks, StorageConfig config, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
    }

    /** The upload's id is the operation's, so that the same request again finds what the first one made. */
    TransferApi.UploadView create(TransferApi.CreateUpload request, Caller caller) {
        ThingName.require(request.name());
        UUID id = caller.operationId();
        return database.transaction(tx -> {
            if (store.find(tx, id).isEmpty()) {
                store.insert(tx, upload(tx, id, request));
            }
            return view(store.get(tx, id));
        });
    }

    private Upload upload(Transaction tx, UUID id, TransferApi.CreateUpload request) {
        PoolView pool = pools.find(tx, request.poolId())
                .orElseThrow(() -> FailureException.invalid("poolId", "There is no pool " + request.poolId() + "."));
        UUID host = VolumePlace.hostForNew(pool, request.hostId());
        if (!pool.takesVolumesOn(host)) {
            throw FailureException.conflict("Nothing can be put into the pool " + pool.name() + " there now: "
                    + (pool.maintenance() ? "it is in maintenance." : "the host cannot use it."));
        }
        // Said before hours of uploading; whether it still holds then, the volume's own index decides.
        if (volumes.isNameTaken(tx, pool.id(), pool.shared() ? null : host, request.name())) {
            throw new FailureException(new Failure(
                    FailureCode.CONFLICT,
                    "The pool " + pool.name() + " already holds a volume called " + request.name() + ".",
                    Map.of("field", "name")));
        }
        return new Upload(
                id,
                request.name(),
                pool.id(),
                host,
                request.format(),
                request.sizeBytes(),
                request.sha256(),
                clock.instant().plus(config.transfersKept()));
    }

    private static TransferApi.UploadView view(Upload upload) {
        return new TransferApi.UploadView(
                upload.id(), upload.name(), upload.poolId(), upload.hostId(), upload.format(), upload.expiresAt());
    }

    StreamTicket begin(TransferApi.BeginUpload request, Caller caller) {
        long announced = request.lengthBytes() == null ? 0 : request.lengthBytes();
        if (announced > config.largestUpload()) {
            throw FailureException.of(
                    FailureCode.TOO_LARGE,
                    "The file has " + announced + " bytes; at most " + config.largestUpload() + " are accepted.");
        }
        Upload upload = database.transaction(tx -> {
            Upload found = open(tx, request.uploadId());
            requireRoom(tx, found, announced);
            store.expiresAt(tx, found.id(), clock.instant().plus(config.transfersKept()));
            return found;
        });
        return bus.request(
                HostStorageApi.OPEN_UPLOAD.at(upload.hostId()),
                new HostStorageApi.OpenUpload(upload.poolId(), upload.id(), config.largestUpload()),
                caller.part("open upload"));
    }

    private Upload open(Transaction tx, UUID id) {
        Upload upload = store.get(tx, id);
        tasks.requireIdle(tx, upload);
        return upload;
    }

    private void requireRoom(Transaction tx, Upload upload, long bytes) {
        long free = pools.find(tx, upload.poolId()).stream()
                .flatMap(pool -> pool.hosts().stream())
                .filter(host -> host.hostId().equals(upload.hostId()))
                .mapToLong(host -> host.report().freeBytes())
                .findFirst()
                .orElseThrow(() -> FailureException.conflict("The pool of the upload is not on its host any more."));
        if (free < bytes) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The file has " + bytes + " bytes and the pool has room for " + free + "; free some first.");
        }
    }

    TaskRef finish(TransferApi.Upload request, Caller caller) {
        return database.transaction(tx ->
                tasks.submitted(tx, caller).orElseGet(() -> tasks.submit(tx, open(tx, request.uploadId()), caller)));
    }

    Nothing delete(TransferApi.Upload request, Caller caller) {
        database.transaction(tx -> store.find(tx, request.uploadId()).map(upload -> open(tx, upload.id())))
                .ifPresent(upload -> delete(upload, caller));
        return Nothing.NOTHING;
    }

    private void delete(Upload upload, Caller caller) {
        bus.request(
                HostStorageApi.DELETE_IMAGE.at(upload.hostId()),
                new HostStorageApi.ImageName(upload.poolId(), upload.id()),
                caller.part("delete " + upload.id()));
        database.run(tx -> store.delete(tx, upload.id()));
    }

    /** Forgets what nobody finished; where a host is away, the next round does. */
    void deleteExpired(Caller caller) {
        for (Upload upload : database.transaction(tx -> store.expired(tx, clock.instant()))) {
            try {
                delete(new TransferApi.Upload(upload.id()), caller);
            } catch (FailureException e) {
                LOG.info(
                        "the expired upload {} stays on host {} for now: {}",
                        upload.id(),
                        upload.hostId(),
                        e.failure().message());
            }
        }
    }
}
