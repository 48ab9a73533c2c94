package io.limiquantix.host;

import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.ReadText;
import io.limiquantix.bus.host.HostTransferApi.TextReport;
import io.limiquantix.host.download.WebTexts;
import io.limiquantix.runtime.names.WebAddress;

/** Requests to read small texts of the web. */
final class TextRequests {
    private final WebTexts texts;

    TextRequests(WebTexts texts) {
        this.texts = texts;
    }

    void serve(HostRequests requests) {
        requests.answer(HostTransferApi.READ_TEXT, (request, caller) -> read(request));
    }

    private TextReport read(ReadText request) {
        return texts.read(WebAddress.parse(request.url()), request.maxBytes(), request.etag());
    }
}
