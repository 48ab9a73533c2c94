package io.limiquantix.images;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ReadText;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Sums;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.names.WebAddress;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has a host read the lists that checksums are published in. */
final class PublishedSums {
    static final String FIELD = "checksumsUrl";

    private final Bus bus;

    PublishedSums(Bus bus) {
        this.bus = bus;
    }

    /** By any host that images go to. */
    Sums lookUp(ImagesApi.LookUpSums request, Caller caller) {
        requireAddress(request.url());
        return lookUp(request, anyHost(caller), caller);
    }

    /** @throws FailureException {@code INVALID} when nobody has the list, or it has no line for the file */
    Sums lookUp(ImagesApi.LookUpSums request, UUID host, Caller caller) {
        String text = read(request.url(), host, caller);
        return ChecksumList.parse(text).of(request.fileName());
    }

    private String read(String url, UUID host, Caller caller) {
        try {
            @Nullable
            String text = bus.request(HostTransferApi.READ_TEXT.at(host), new ReadText(url, null), caller)
                    .text();
            return text == null ? "" : text;
        } catch (FailureException e) {
            throw e.code() == FailureCode.INVALID ? ofField(e) : e;
        }
    }

    /** @throws FailureException {@code INVALID} when it is none */
    static void requireAddress(String url) {
        try {
            WebAddress.parse(url);
        } catch (FailureException e) {
            throw ofField(e);
        }
    }

    /** A form that has several addresses shows it where it belongs. */
    private static FailureException ofField(FailureException failure) {
        return new FailureException(
                new Failure(FailureCode.INVALID, failure.failure().message(), Map.of("field", FIELD)), failure);
    }

    private UUID anyHost(Caller caller) {
        return bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items().stream()
                .flatMap(pool -> pool.hosts().stream())
                .filter(host -> host.report().usable())
                .map(PoolView.OnHost::hostId)
                .findFirst()
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAVAILABLE, "No host is there that could read the list of checksums."));
    }

    /**
     * Both of what was given with an image and of what a list says.
     *
     * @throws FailureException {@code INVALID} when they differ
     */
    static Sums both(Sums given, Sums listed) {
        return new Sums(
                same("SHA-256", given.sha256(), listed.sha256()),
                same("SHA-512", given.sha512(), listed.sha512()),
                same("MD5", given.md5(), listed.md5()));
    }

    private static @Nullable String same(String name, @Nullable String given, @Nullable String listed) {
        if (given != null && listed != null && !given.equalsIgnoreCase(listed)) {
            throw FailureException.invalid(
                    FIELD,
                    "The list says that the file's " + name + " is " + listed + ", and the image was announced with "
                            + given + ". Look which one is right.");
        }
        return given == null ? listed : given;
    }
}
