package io.limiquantix.host;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.VariablesApi;
import io.limiquantix.bus.host.VariablesApi.Bring;
import io.limiquantix.bus.host.VariablesApi.Brought;
import io.limiquantix.bus.host.VariablesApi.Variables;
import io.limiquantix.host.libvirt.DomainVariables;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Requests about UEFI variables; nearly all of such a file is empty, so a message holds it. */
final class VariablesRequests {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 8 << 20;

    private final Bus bus;
    private final DomainVariables variables;

    VariablesRequests(Bus bus, DomainVariables variables) {
        this.bus = bus;
        this.variables = variables;
    }

    void serve(HostRequests requests) {
        requests.answer(
                VariablesApi.READ,
                (r, c) -> new Variables(variables
                        .read(r.vmId(), c.deadline())
                        .map(VariablesRequests::packed)
                        .orElse(null)));
        requests.perform(VariablesApi.BRING, this::bring);
    }

    private Brought bring(Bring request, Caller caller) {
        String gzip = bus.request(
                        VariablesApi.READ.at(request.fromHostId()),
                        new DomainApi.Domain(request.fromVmId()),
                        caller.within(ANSWER))
                .gzip();
        if (gzip == null) {
            return new Brought(false);
        }
        variables.write(request.vmId(), unpacked(gzip), caller.deadline());
        return new Brought(true);
    }

    private static String packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static byte[] unpacked(String gzip) {
        try (GZIPInputStream bytes =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(gzip)))) {
            return bytes.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
