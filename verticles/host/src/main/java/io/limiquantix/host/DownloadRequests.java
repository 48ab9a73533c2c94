package io.limiquantix.host;

import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DownloadFile;
import io.limiquantix.bus.host.HostTransferApi.FetchReport;
import io.limiquantix.bus.host.HostTransferApi.ReadText;
import io.limiquantix.bus.host.HostTransferApi.WebText;
import io.limiquantix.host.download.WebDownloads;
import io.limiquantix.host.download.WebTexts;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.PoolRoom;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.names.WebAddress;
import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.StoragePool;
import java.util.UUID;

/** Requests to fetch files and texts from the web. A file takes its turn with the copies into other pools. */
final class DownloadRequests {
    private final OpenPools pools;
    private final VolumeCopies copies;
    private final WebDownloads downloads;
    private final WebTexts texts;

    DownloadRequests(OpenPools pools, VolumeCopies copies, WebDownloads downloads, WebTexts texts) {
        this.pools = pools;
        this.copies = copies;
        this.downloads = downloads;
        this.texts = texts;
    }

    void serve(HostRequests requests) {
        requests.perform(HostTransferApi.DOWNLOAD_FILE, this::download);
        requests.answer(HostTransferApi.READ_TEXT, this::read);
    }

    private WebText read(ReadText request, Caller caller) {
        return texts.read(WebAddress.parse(request.url()), request.etag());
    }

    private FetchReport download(DownloadFile request, Caller caller) {
        WebAddress source = WebAddress.parse(request.url());
        Arrivals arrivals = new Arrivals(pools.require(request.poolId()), request.imageId());
        return copies.make(request.imageId(), caller.epoch(), advance -> {
            long bytes =
                    StorageFailures.translate(() -> downloads.fetch(source, request.maxBytes(), arrivals, advance));
            return new FetchReport(request.imageId(), bytes);
        });
    }

    /** Where an image's bytes arrive. */
    private record Arrivals(StoragePool pool, UUID imageId) implements WebDownloads.Target {
        @Override
        public ImageArrival begin() {
            return pool.images().receive(imageId);
        }

        @Override
        public void requireRoom(long bytes) {
            PoolRoom.require(pool, bytes);
        }
    }
}
