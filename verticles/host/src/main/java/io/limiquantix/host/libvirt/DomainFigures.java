package io.limiquantix.host.libvirt;

import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What libvirt's bulk statistics say of a domain, by the names that {@code virsh domstats} uses (virConnectGetAllDomainStats).
 *
 * @param runId another one each time that the domain starts; negative while it does not run
 */
public record DomainFigures(UUID vmId, int runId, Map<String, Long> numbers, Map<String, String> texts) {
    public DomainFigures {
        numbers = Map.copyOf(numbers);
        texts = Map.copyOf(texts);
    }

    /** Whether it has a process, paused or not. */
    public boolean isActive() {
        return runId >= 0;
    }

    /** Whether libvirt told nothing of what only QEMU knows, as something else was asking it. One without a disk does not show it. */
    public boolean isPassedOver() {
        return isActive()
                && number("block.count").orElse(0) > 0
                && numbers.keySet().stream().noneMatch(name -> name.endsWith(".rd.reqs"));
    }

    public OptionalLong number(String name) {
        Long number = numbers.get(name);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    public @Nullable String text(String name) {
        return texts.get(name);
    }
}
