package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Which memories this process is writing, and which nobody wants any more: those are never begun. */
final class MemoryWriting {
    private enum Stage {
        AT_WORK,
        ENDING,
        UNWANTED
    }

    private final Map<UUID, Stage> stages = new ConcurrentHashMap<>();

    /** @throws FailureException {@code CANCELLED} when it is not wanted any more */
    void during(UUID memoryId, Runnable work) {
        if (stages.putIfAbsent(memoryId, Stage.AT_WORK) != null) {
            throw FailureException.of(FailureCode.CANCELLED, "The memory is not to be kept any more.");
        }
        try {
            work.run();
        } finally {
            stages.compute(memoryId, (_, stage) -> stage == Stage.AT_WORK ? null : Stage.UNWANTED);
        }
    }

    /** From now on nobody begins it. */
    void refuse(UUID memoryId) {
        stages.compute(
                memoryId,
                (_, stage) -> stage == Stage.AT_WORK || stage == Stage.ENDING ? Stage.ENDING : Stage.UNWANTED);
    }

    boolean isAtWork(UUID memoryId) {
        Stage stage = stages.get(memoryId);
        return stage == Stage.AT_WORK || stage == Stage.ENDING;
    }

    /** To be called when whoever asked for it has been answered. */
    void forget(UUID memoryId) {
        stages.remove(memoryId, Stage.UNWANTED);
    }
}
