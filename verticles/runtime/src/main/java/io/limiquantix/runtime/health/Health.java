package io.limiquantix.runtime.health;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Whether each part of this process can do its work; every part adds its own check. Safe for any thread. */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

    /** Adds a check that answers what is wrong, or nothing; it must not block for long. */
    public void add(String part, Supplier<Optional<String>> check) {
        checks.put(part, check);
    }

    /** What is wrong, by part; empty when the process is ready. */
    public Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        checks.forEach((part, check) -> check.get().ifPresent(problem -> problems.put(part, problem)));
        return problems;
    }
}
