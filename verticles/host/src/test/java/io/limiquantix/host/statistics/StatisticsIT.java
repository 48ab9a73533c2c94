package io.limiquantix.host.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.StatisticsApi;
import io.limiquantix.bus.host.StatisticsApi.Columns;
import io.limiquantix.host.testing.CuttingProxy;
import io.limiquantix.host.testing.GuestShell;
import io.limiquantix.host.testing.TestHost;
import io.limiquantix.runtime.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a host measures of real guests with the libvirtd and QEMU of this machine. Those that a hanging QEMU does not disturb, as it costs all
 * guests of a machine a sample or two, run beside the others.
 */
class StatisticsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MIB = 1 << 20;

    private static final String IMPORT = "importFolders: [" + Path.of("target").toAbsolutePath() + "]";

    private final Path folder;

    StatisticsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private TestHost started() {
        return TestHost.start(folder, IMPORT);
    }

    private static Columns read(TestHost host, @Nullable UUID vm, Instant since) {
        long now = Instant.now().getEpochSecond();
        return host.ask(StatisticsApi.READ, new StatisticsApi.Read(vm, since.getEpochSecond(), now, 5, 0));
    }

    private static float[] series(Columns columns, String name) {
        return columns.series().stream()
                .filter(series -> series.name().equals(name))
                .findFirst()
                .map(series -> series.floats().floats())
                .orElseGet(() -> new float[0]);
    }

    /** Waits until a number that was measured since then is as it should be. */
    private static float await(TestHost host, @Nullable UUID vm, Instant since, String name, Predicate<Float> holds) {
        float[] found = Eventually.get(
                PATIENCE, () -> series(read(host, vm, since), name), numbers -> matching(numbers, holds) >= 0);
        return found[matching(found, holds)];
    }

    private static int matching(float[] numbers, Predicate<Float> holds) {
        for (int i = numbers.length - 1; i >= 0; i--) {
            if (!Float.isNaN(numbers[i]) && holds.test(numbers[i])) {
                return i;
            }
        }
        return -1;
    }

    /** When the next measurement begins after all that was done until now. */
    private static Instant next() {
        return Instant.now().plusSeconds(StatisticsApi.INTERVAL_SECONDS);
    }

    @Test
    void seesWhatAGuestDoesAndNothingWhileItIsPaused() {
        try (TestHost host = started()) {
            UUID vm = host.tinyVm("numbers-" + UUID.randomUUID().toString().substring(0, 8));
            host.power(DomainApi.START, vm);
            GuestShell shell = GuestShell.of(vm);
            Instant booted = Instant.now();
            await(host, vm, booted, "memoryUnused", bytes -> bytes > MIB && bytes < 192 * MIB);
            await(host, vm, booted, "memoryActual", bytes -> bytes == 192 * MIB);
            shell.run("(while :; do :; done) > /dev/null 2>&1 & echo $! > /tmp/busy");
            await(host, vm, next(), "cpuSeconds", cores -> cores > 0.3 && cores < 1.5);
            shell.run("kill $(cat /tmp/busy)");
            Instant writing = Instant.now();
            // In the background, as nothing is measured while the guest's agent is asked, and what a long gap hid is
            // not told.
            shell.run("dd if=/dev/zero of=/dev/vda bs=1M seek=200 count=100 conv=notrunc,fsync > /dev/null 2>&1 &");
            await(host, vm, writing, "disk/vda/writtenBytes", bytes -> bytes > 5 * MIB);
            await(host, vm, writing, "disk/vda/writeOperations", operations -> operations > 0);
            assertThat(written(read(host, vm, writing))).isLessThan(220 * MIB);
            host.power(DomainApi.PAUSE, vm);
            await(host, vm, next(), "cpuSeconds", cores -> cores < 0.02);
            await(host, vm, next(), "disk/vda/writtenBytes", bytes -> bytes == 0);
            host.power(DomainApi.FORCE_STOP, vm);
            Instant off = next();
            await(host, null, off, "cpuSeconds", cores -> cores >= 0);
            assertThat(read(host, vm, off).series()).isEmpty();
        }
    }

    private static double written(Columns columns) {
        double bytes = 0;
        for (float rate : series(columns, "disk/vda/writtenBytes")) {
            bytes += Float.isNaN(rate) ? 0 : rate * columns.stepSeconds();
        }
        return bytes;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void tellsOthersAndForgetsAGuestThatIsGone() {
        try (TestHost host = started()) {
            List<StatisticsApi.Sample> samples = new CopyOnWriteArrayList<>();
            host.platform().bus().subscribe(StatisticsApi.SAMPLED, samples::add);
            UUID vm = host.tinyVm("told-" + UUID.randomUUID().toString().substring(0, 8));
            host.power(DomainApi.START, vm);
            Eventually.get(PATIENCE, () -> samples, all -> all.stream()
                    .anyMatch(s -> s.subjects().stream().anyMatch(one -> vm.equals(one.vmId()))));
            assertThat(samples.getFirst().hostId()).isEqualTo(host.hostId());
            await(host, vm, Instant.now().minusSeconds(60), "cpuCount", count -> count == 1);
            host.power(DomainApi.FORCE_STOP, vm);
            assertThat(read(host, vm, Instant.now().minusSeconds(60)).series()).isNotEmpty();
            host.power(DomainApi.UNDEFINE, vm);
            Eventually.get(PATIENCE, () -> read(host, vm, Instant.now().minusSeconds(300)), c -> c.series()
                    .isEmpty());
        }
    }

    @Test
    void aGuestThatHangsHoldsUpNoOther() throws IOException {
        try (TestHost host = started()) {
            UUID hanging = host.tinyVm("hangs-" + UUID.randomUUID().toString().substring(0, 8));
            UUID other = host.tinyVm("other-" + UUID.randomUUID().toString().substring(0, 8));
            host.power(DomainApi.START, hanging);
            host.power(DomainApi.START, other);
            await(host, hanging, Instant.now(), "disk/vda/readBytes", bytes -> bytes >= 0);
            ProcessHandle qemu = qemuOf(hanging);
            signal(qemu, "STOP");
            try {
                Instant stopped = next();
                await(host, other, stopped, "disk/vda/readBytes", bytes -> bytes >= 0);
                await(host, hanging, stopped, "cpuSeconds", cores -> cores < 0.02);
                assertThat(series(read(host, hanging, stopped), "disk/vda/readBytes"))
                        .satisfies(numbers ->
                                assertThat(matching(numbers, n -> true)).isNegative());
            } finally {
                signal(qemu, "CONT");
            }
            await(host, hanging, next(), "disk/vda/readBytes", bytes -> bytes >= 0);
        }
    }

    /** By what its command line says, which is longer than Java tells. */
    private static ProcessHandle qemuOf(UUID vm) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains("\0-uuid\0" + vm + "\0"))
                .findFirst()
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static void signal(ProcessHandle process, String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    }

    @Test
    void whileLibvirtIsAwayThereAreGapsAndTheReasonAndTheHostIsMeasuredAllTheSame() throws Exception {
        Path socket = folder.resolve("libvirt");
        CuttingProxy proxy = CuttingProxy.at(socket);
        try (TestHost host = TestHost.start(folder, IMPORT, "libvirtUri: '" + proxy.uri() + "'")) {
            UUID vm = host.tinyVm("gap-" + UUID.randomUUID().toString().substring(0, 8));
            host.power(DomainApi.START, vm);
            await(host, vm, Instant.now(), "cpuSeconds", cores -> cores >= 0);
            proxy.refuse(true);
            Eventually.get(PATIENCE, () -> read(host, vm, Instant.now()).problem(), problem -> problem != null);
            Instant away = next();
            await(host, null, away, "cpuSeconds", cores -> cores > 0);
            assertThat(read(host, vm, away).series()).isEmpty();
            proxy.refuse(false);
            Eventually.get(PATIENCE, () -> read(host, vm, Instant.now()).problem(), problem -> problem == null);
            await(host, vm, next(), "cpuSeconds", cores -> cores >= 0);
            float[] numbers = series(read(host, vm, away.minusSeconds(20)), "cpuSeconds");
            assertThat(numbers).satisfies(all -> assertThat(matching(all, n -> n < 0 || n > 3))
                    .isNegative());
            assertThat(gaps(numbers)).isPositive();
        } finally {
            proxy.close();
        }
    }

    private static long gaps(float[] numbers) {
        long gaps = 0;
        for (float number : numbers) {
            gaps += Float.isNaN(number) ? 1 : 0;
        }
        return gaps;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatWasMeasuredIsThereAgainInTheNextProcess() {
        TestHost first = started();
        long minutes = Duration.ofMinutes(5).toSeconds();
        Eventually.get(
                Duration.ofMinutes(3),
                () -> first.ask(
                        StatisticsApi.READ,
                        new StatisticsApi.Read(
                                null,
                                Instant.now().getEpochSecond() - minutes,
                                Instant.now().getEpochSecond() - 60,
                                60,
                                0)),
                columns -> matching(series(columns, "cpuSeconds"), n -> true) >= 0);
        try (TestHost second = first.startedAnew()) {
            long now = Instant.now().getEpochSecond();
            Columns columns = second.ask(StatisticsApi.READ, new StatisticsApi.Read(null, now - minutes, now, 60, 0));
            assertThat(matching(series(columns, "cpuSeconds"), n -> true)).isNotNegative();
            assertThat(columns.series()).extracting(StatisticsApi.Series::name).contains("memoryUsed", "load");
        }
    }
}
