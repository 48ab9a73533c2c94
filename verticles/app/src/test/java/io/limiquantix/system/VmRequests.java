package io.limiquantix.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the tests ask of virtual machines, and what is left of one. */
final class VmRequests {
    static final Duration STATE_FOLLOWS_WITHIN = Duration.ofSeconds(2);

    private VmRequests() {}

    static JsonNode tiny(String name, String imageId) {
        return ApiClient.json("""
                {"name": "%s", "vcpus": 1, "memoryBytes": 134217728, "disks": [{"imageId": "%s"}],
                 "cloudInit": {"user": "guest", "password": "a secret of the guest", "sshPasswordLogin": true}}
                """.formatted(name, imageId));
    }

    static JsonNode awaitPower(ApiClient client, String vmId, String state, Duration deadline) {
        return Eventually.get(deadline, () -> client.get("/vms/" + vmId), vm -> vm.get("powerState")
                .asText()
                .equals(state));
    }

    /** Every file of the pool that belongs to the VM or one of its volumes, whatever folder it lies in. */
    static List<String> filesNamed(Path pool, List<String> ids) {
        try (Stream<Path> files = Files.walk(pool)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> pool.relativize(file).toString())
                    .filter(name -> ids.stream().anyMatch(name::contains))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in the pool that is not an image or the pool's own mark. */
    static List<String> volumesAndSeeds(Path pool) {
        return filesNamed(pool, List.of("")).stream()
                .filter(name -> name.startsWith("volumes/") || name.startsWith("seeds/"))
                .toList();
    }
}
