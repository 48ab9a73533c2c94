package io.limiquantix.storage.driver.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.ProcessTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetUsersTest {
    private final Path folder;
    private final TargetUsers one;
    private final TargetUsers other;
    private final UUID otherId = UUID.randomUUID();

    TargetUsersTest(@TempDir Path scratch) {
        folder = scratch.resolve("iqn.2026-01.com.example:disks");
        one = new TargetUsers(folder, UUID.randomUUID());
        other = new TargetUsers(folder, otherId);
        one.alone(one::join);
    }

    @Test
    void knowsThePoolsOfThisProcess() {
        assertThat(one.areOthersIn()).isFalse();
        other.alone(other::join);
        assertThat(one.areOthersIn()).isTrue();
        other.alone(other::leave);
        assertThat(one.areOthersIn()).isFalse();
    }

    @Test
    void forgetsThePoolsOfAKilledProcess() throws Exception {
        Path file = folder.resolve("pool-" + otherId);
        Process process = new ProcessBuilder("sleep", "600").start();
        String started = new ProcessTool()
                .run(CommandLine.of("cut", "-d", " ", "-f", "22", "/proc/" + process.pid() + "/stat"))
                .strip();
        Files.writeString(file, process.pid() + "-" + started);
        assertThat(one.areOthersIn()).isTrue();
        process.destroyForcibly().waitFor();
        assertThat(one.areOthersIn()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void isNotDeceivedByAProcessWithTheNumberOfAnEarlierOne() throws IOException {
        Files.writeString(
                folder.resolve("pool-" + otherId), ProcessHandle.current().pid() + "-1");
        assertThat(one.areOthersIn()).isFalse();
    }

    @Test
    void letsOnePoolAtATimeLogInOrOut() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable work = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
        };
        List<CompletableFuture<Void>> all = java.util.stream.Stream.of(one, other, one, other)
                .map(users -> CompletableFuture.runAsync(() -> users.alone(work)))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
    }

    @Test
    void knowsAtWhichPortalsThisHostLoggedIn() {
        Portal portal = new Portal("fd00::1", 3260);
        one.noteLogin(portal);
        assertThat(other.loggedIn()).containsExactly(portal);
        other.forgetLogin(portal);
        assertThat(one.loggedIn()).isEmpty();
    }
}
