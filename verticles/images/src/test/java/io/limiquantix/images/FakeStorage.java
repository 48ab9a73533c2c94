package io.limiquantix.images;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.CameAs;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ApplianceReport;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.UnpackReport;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.bus.host.ImageReport;
import io.limiquantix.bus.host.IsoReport;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two hosts with a pool of their own each, and one without, as the image library sees them; several control planes share them. */
final class FakeStorage {
    static final long FREE = 1L << 39;
    static final long VIRTUAL_BYTES = 2L << 30;
    static final Bytes CONVERTED = new Bytes("qcow2", "c0".repeat(32));
    final UUID one = Uuid7.next();
    final UUID two = Uuid7.next();
    final UUID three = Uuid7.next();
    final UUID poolOne = Uuid7.next();
    final UUID poolTwo = Uuid7.next();
    /** What has arrived and was not checked, by host and image. */
    final Map<UUID, Map<UUID, Bytes>> arrivals = perHost();

    final Map<UUID, Map<UUID, Bytes>> images = perHost();
    /** How much of an image has come in parts, wherever that is. */
    final Map<UUID, Long> parts = new ConcurrentHashMap<>();
    /** What the last upload was opened for. */
    volatile HostStorageApi.@Nullable OpenUpload opened;
    /** What was asked for last. */
    volatile HostStorageApi.@Nullable AdmitImage checked;

    /** What every image says of itself. */
    volatile @Nullable IsoReport iso;

    volatile HostTransferApi.@Nullable UnpackFile unpacked;
    /** What machine every appliance is: one of three disks, the second of which begins empty. */
    volatile ApplianceHardware hardware = new ApplianceHardware(
            "Mail relay",
            "Example Mail 1.2",
            "Debian GNU/Linux 12 (64-bit)",
            2,
            1L << 30,
            "uefi",
            List.of(new ApplianceHardware.Nic("VM Network"), new ApplianceHardware.Nic(null)),
            List.of(
                    new ApplianceHardware.Disk(VIRTUAL_BYTES, "first.vmdk"),
                    new ApplianceHardware.Disk(5L << 30, null),
                    new ApplianceHardware.Disk(3L << 30, "second.vmdk")));
    /** What a host was told to fetch or unpack, which can be ended. */
    private final Set<UUID> fetched = ConcurrentHashMap.newKeySet();
    /** The files in the import folder, and of the web. */
    final Map<String, Bytes> files = new ConcurrentHashMap<>();
    /** Other small texts of the web, and what is said in place of one that is not here. */
    final Map<String, WebText> texts = new ConcurrentHashMap<>();

    volatile FailureException noText = FailureException.invalid("url", "The server has no such list.");
    /** What was asked for last of a host. */
    final Map<String, HostTransferApi.ReadText> textsAsked = new ConcurrentHashMap<>();
    /** Hosts that are up; absent ones are not listed. */
    final Set<UUID> up = ConcurrentHashMap.newKeySet();
    /** The lists of checksums of the web. */
    final Map<String, String> lists = new ConcurrentHashMap<>();
    /** Images that volumes were made from. */
    final Set<UUID> usedImages = ConcurrentHashMap.newKeySet();
    /** Those in CD-ROM drives of VMs. */
    final Set<UUID> inDrives = ConcurrentHashMap.newKeySet();

    /** How much room each host has. */
    final Map<UUID, Long> free = new ConcurrentHashMap<>(Map.of(one, FREE, two, FREE / 2));
    /** What was really done, in order; a repeat that changes nothing is not in here. */
    final List<String> effects = new CopyOnWriteArrayList<>();
    /** Requests are called for instance {@code check 1}. */
    final Faults faults = new Faults();
    /** How images go from one host to another. */
    final FakeCopies copies = new FakeCopies(this);

    /** A file as far as a check sees it. */
    record Bytes(String format, String sha256) {}

    private Map<UUID, Map<UUID, Bytes>> perHost() {
        return Map.of(one, new ConcurrentHashMap<>(), two, new ConcurrentHashMap<>(), three, new ConcurrentHashMap<>());
    }

    void serve(Bus bus) {
        bus.serve(
                StorageApi.LIST_POOLS,
                (q, caller) -> new StorageApi.Pools(
                        Stream.concat(Stream.of(pool(poolOne, one), pool(poolTwo, two)), copies.pools.stream())
                                .toList()));
        bus.serve(
                SchedulerApi.LIST_HOSTS,
                (q, caller) -> new SchedulerApi.Hosts(
                        Stream.of(one, two, three).map(this::hostView).toList()));
        copies.serve(bus);
        bus.serve(
                ComputeApi.LIST_ISO_USES,
                (q, caller) -> new ComputeApi.VmNames(inDrives.contains(q.imageId()) ? List.of("web-1") : List.of()));
        bus.serve(StorageApi.COUNT_USES, (q, caller) -> new StorageApi.Uses(usedImages.contains(q.imageId()) ? 2 : 0));
        for (UUID host : List.of(one, two, three)) {
            serve(bus, host);
            copies.serve(bus, host);
        }
    }

    private void serve(Bus bus, UUID host) {
        bus.serve(HostStorageApi.OPEN_UPLOAD, host, (q, caller) -> {
            opened = q;
            return ticket(host);
        });
        bus.serve(
                HostStorageApi.LOOK_AT_ARRIVAL,
                host,
                (q, caller) -> new HostStorageApi.ArrivedBytes(parts.getOrDefault(q.imageId(), 0L)));
        perform(bus, host, HostStorageApi.FORGET_ARRIVAL, "forget", q -> {
            parts.remove(q.imageId());
            return Nothing.NOTHING;
        });
        perform(bus, host, HostStorageApi.COPY_IMAGE_FILE, "copy", q -> copy(host, q));
        perform(bus, host, HostTransferApi.READ_TEXT, "read", q -> read(host, q));
        perform(bus, host, HostTransferApi.DOWNLOAD_FILE, "download", q -> download(host, q));
        bus.serve(HostTransferApi.LOOK_AT_FETCH, host, (q, caller) -> copies.look(q.imageId()));
        bus.serve(HostTransferApi.END_FETCH, host, (q, caller) -> end(host, q.imageId()));
        bus.serve(HostTransferApi.UNPACK_FILE, host, (q, caller) -> unpack(host, q, caller));
        perform(bus, host, HostTransferApi.READ_APPLIANCE, "read appliance", q -> readAppliance(host, q));
        bus.serve(
                HostTransferApi.TAKE_DISK,
                host,
                (q, caller) -> perform(
                        host, HostTransferApi.TAKE_DISK, "take disk " + q.disk(), caller, () -> takeDisk(host, q)));
        perform(bus, host, HostStorageApi.ADMIT_IMAGE, "check", q -> check(host, q));
        perform(bus, host, HostStorageApi.DELETE_IMAGE, "delete", q -> delete(host, q.imageId()));
    }

    <Q extends Record, R extends Record> void perform(
            Bus bus, UUID host, HostAddress<Q, R> address, String what, Function<Q, R> work) {
        bus.serve(address, host, (q, caller) -> perform(host, address, what, caller, () -> work.apply(q)));
    }

    <R extends Record> R perform(UUID host, HostAddress<?, R> address, String what, Caller caller, Supplier<R> work) {
        String name = what + number(host);
        return faults.answer(name, address.reply(), caller, () -> {
            effects.add(name);
            return work.get();
        });
    }

    private String number(UUID host) {
        return host.equals(one) ? " 1" : host.equals(two) ? " 2" : " 3";
    }

    private static boolean isForeign(String format) {
        return !Set.of("qcow2", "raw", "iso").contains(format);
    }

    /** What another program's disk becomes; others are left as they are. */
    private UnpackReport unpack(UUID host, HostTransferApi.UnpackFile q, Caller caller) {
        unpacked = q;
        return isForeign(q.format())
                ? perform(host, HostTransferApi.UNPACK_FILE, "unpack", caller, () -> convert(host, q))
                : new UnpackReport(q.imageId(), q.format(), null);
    }

    private UnpackReport convert(UUID host, HostTransferApi.UnpackFile q) {
        fetched.add(q.imageId());
        Bytes came = at(arrivals, host).get(q.imageId());
        if (came == null || !came.format().equals(q.format())) {
            throw FailureException.of(FailureCode.INVALID, "The bytes are not " + q.format() + ".");
        }
        at(arrivals, host).put(q.imageId(), CONVERTED);
        return new UnpackReport(q.imageId(), CONVERTED.format(), new CameAs(came.format(), "gzip", came.sha256(), 500));
    }

    private ApplianceReport readAppliance(UUID host, HostTransferApi.ReadAppliance q) {
        fetched.add(q.imageId());
        Bytes came = at(arrivals, host).get(q.imageId());
        if (came == null || !came.format().equals("ova")) {
            throw FailureException.of(FailureCode.INVALID, "The appliance has no description.");
        }
        return new ApplianceReport(q.imageId(), hardware, new CameAs("ova", null, came.sha256(), 700));
    }

    private UnpackReport takeDisk(UUID host, HostTransferApi.TakeDisk q) {
        fetched.add(q.imageId());
        if (!at(arrivals, host).containsKey(q.applianceId())) {
            throw FailureException.notFound("The appliance was not read.");
        }
        at(arrivals, host).put(q.imageId(), CONVERTED);
        return new UnpackReport(q.imageId(), CONVERTED.format(), new CameAs("vmdk", null, "d" + q.disk(), 300));
    }

    private Nothing end(UUID host, UUID imageId) {
        copies.end(imageId);
        if (fetched.contains(imageId)) {
            effects.add("end" + number(host));
        }
        return Nothing.NOTHING;
    }

    /** The bytes come in through the host's stream endpoint. */
    void upload(StreamTicket ticket, UUID imageId, Bytes bytes) {
        at(arrivals, UUID.fromString(ticket.address())).put(imageId, bytes);
    }

    private static StreamTicket ticket(UUID host) {
        return new StreamTicket(
                host.toString(), 1, new Secret("t"), "00", Instant.now().plusSeconds(30), null);
    }

    private Nothing copy(UUID host, HostStorageApi.CopyImageFile q) {
        Bytes file = files.get(q.path());
        if (file == null) {
            throw FailureException.invalid("path", "The file is not below an import folder.");
        }
        at(arrivals, host).put(q.imageId(), file);
        return Nothing.NOTHING;
    }

    private FetchReport download(UUID host, HostTransferApi.DownloadFile q) {
        fetched.add(q.imageId());
        Bytes file = files.get(q.url());
        if (file == null) {
            throw FailureException.invalid("url", "The server has no such file.");
        }
        if (q.maxBytes() != ImagesProcess.LARGEST) {
            throw new AssertionError("a limit of " + q.maxBytes());
        }
        at(arrivals, host).put(q.imageId(), file);
        return new FetchReport(q.imageId(), 1000);
    }

    private ImageReport check(UUID host, HostStorageApi.AdmitImage q) {
        checked = q;
        Bytes bytes = at(arrivals, host).remove(q.imageId());
        if (bytes == null) {
            throw FailureException.notFound("No bytes have arrived.");
        }
        if (!bytes.format().equals(q.format())) {
            throw FailureException.of(FailureCode.INVALID, "The bytes are not " + q.format() + ".");
        }
        if (q.sha256() != null && !q.sha256().equals(bytes.sha256())) {
            throw FailureException.of(FailureCode.INVALID, "The checksum is " + bytes.sha256() + ".");
        }
        at(images, host).put(q.imageId(), bytes);
        return new ImageReport(q.imageId(), bytes.sha256(), 1000, bytes.format(), VIRTUAL_BYTES, iso);
    }

    private WebText read(UUID host, HostTransferApi.ReadText q) {
        textsAsked.put(host.equals(one) ? "1" : "2", q);
        String list = lists.get(q.url());
        WebText text = list == null ? texts.get(q.url()) : new WebText(list, null);
        if (text == null) {
            throw noText;
        }
        boolean isKnown = q.etag() != null && q.etag().equals(text.etag());
        return isKnown ? new WebText(null, q.etag()) : text;
    }

    private HostView hostView(UUID host) {
        return new HostView(
                host,
                host.toString(),
                up.contains(host) ? HostView.State.UP : HostView.State.DOWN,
                "1",
                null,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private Nothing delete(UUID host, UUID imageId) {
        if (at(images, host).containsKey(imageId) && usedImages.contains(imageId)) {
            throw FailureException.conflict("Volumes depend on the image.");
        }
        at(arrivals, host).remove(imageId);
        at(images, host).remove(imageId);
        return Nothing.NOTHING;
    }

    static Map<UUID, Bytes> at(Map<UUID, Map<UUID, Bytes>> all, UUID host) {
        Map<UUID, Bytes> there = all.get(host);
        if (there == null) {
            throw new AssertionError("no host " + host);
        }
        return there;
    }

    /** Whether no host has anything of any image. */
    boolean isEmpty() {
        return arrivals.values().stream().allMatch(Map::isEmpty)
                && images.values().stream().allMatch(Map::isEmpty);
    }

    private PoolView pool(UUID id, UUID host) {
        long room = free.getOrDefault(host, 0L);
        var report = new PoolReport(id, room > 0, FREE * 2, room, room > 0 ? null : "It is gone.", null);
        return new PoolView(
                id,
                "pool-" + id,
                "local",
                Map.of(),
                List.of(),
                PoolView.State.READY,
                false,
                FREE * 2,
                room,
                List.of(new PoolView.OnHost(host, report, Instant.EPOCH)),
                0,
                Instant.EPOCH,
                1);
    }
}
