package io.limiquantix.host.guest;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has guests use memory that was plugged in. Some distributions take it by themselves, others leave that to somebody inside, also after
 * each boot; the agent's commands are {@code guest-get-memory-blocks} and {@code guest-set-memory-blocks} (qga/qapi-schema.json).
 */
public final class GuestMemory {
    private static final Logger LOG = LoggerFactory.getLogger(GuestMemory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** How long a guest may need to notice memory that was plugged in. */
    private static final Duration NOTICING = Duration.ofSeconds(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    /** What an answer needs to reach whoever asked. */
    private static final Duration SPARE = Duration.ofSeconds(5);
    /** Of 128 MiB each they are more than a guest can have. */
    private static final int MOST_BLOCKS = 1 << 16;

    private final GuestAgent agent;
    private final Domains domains;

    public GuestMemory(GuestAgent agent, Domains domains) {
        this.agent = agent;
        this.domains = domains;
    }

    /**
     * Asks until the guest uses all that it has, or 15 s are over.
     *
     * @return false when its agent says that it does not; true also where no agent says anything
     */
    public boolean used(UUID vmId, Instant deadline) {
        LiveDefinition definition = domains.definition(vmId, deadline);
        if (definition.memoryPlaces().plugged() == 0 || !definition.agentConnected()) {
            return true;
        }
        Instant noticed = Instant.now().plus(NOTICING);
        Instant end = noticed.isBefore(deadline.minus(SPARE)) ? noticed : deadline.minus(SPARE);
        while (!isUsed(vmId, definition.memoryKib(), deadline)) {
            if (Instant.now().isAfter(end)) {
                LOG.warn("the guest of {} does not use all of its memory", vmId);
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** Asks once, as after a boot a guest may have left again what was plugged in before. */
    void remind(UUID vmId, LiveDefinition definition, Instant deadline) {
        if (definition.memoryPlaces().plugged() > 0) {
            isUsed(vmId, definition.memoryKib(), deadline);
        }
    }

    private boolean isUsed(UUID vmId, long kib, Instant deadline) {
        Optional<Long> blockBytes = reply(vmId, "{\"execute\":\"guest-get-memory-block-info\"}", deadline)
                .map(info -> info.path("size").asLong())
                .filter(size -> size > 0);
        Optional<JsonNode> blocks = reply(vmId, "{\"execute\":\"guest-get-memory-blocks\"}", deadline)
                .filter(JsonNode::isArray);
        if (blockBytes.isEmpty() || blocks.isEmpty()) {
            // A guest without such blocks takes its memory by itself.
            return true;
        }
        List<Long> unused = unused(blocks.get());
        boolean noticed = blocks.get().size() * (blockBytes.get() >> 10) >= kib;
        if (!unused.isEmpty()) {
            use(vmId, unused, deadline);
            return false;
        }
        return noticed;
    }

    private static List<Long> unused(JsonNode blocks) {
        List<Long> unused = new ArrayList<>();
        for (JsonNode block : blocks) {
            boolean online = block.path("online").asBoolean(true);
            if (!online && block.path("phys-index").isIntegralNumber() && unused.size() < MOST_BLOCKS) {
                unused.add(block.path("phys-index").asLong());
            }
        }
        return unused;
    }

    private void use(UUID vmId, List<Long> blocks, Instant deadline) {
        String all = blocks.stream()
                .map(index -> "{\"phys-index\":" + index + ",\"online\":true}")
                .collect(Collectors.joining(","));
        reply(vmId, "{\"execute\":\"guest-set-memory-blocks\",\"arguments\":{\"mem-blks\":[" + all + "]}}", deadline);
    }

    private Optional<JsonNode> reply(UUID vmId, String command, Instant deadline) {
        return agent.ask(vmId, command, PATIENCE, deadline).flatMap(AgentReply::parse);
    }
}
