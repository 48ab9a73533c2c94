package io.limiquantix.storage.driver.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.durable.Maker;
import io.limiquantix.storage.driver.image.ImageLimits;
import io.limiquantix.storage.driver.staging.ImageStaging;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.DyingTool;
import io.limiquantix.storage.driver.tool.ProcessTool;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Pools on a disk of this machine's own, and what an administrator sees and does there. */
final class LvmBed {
    static final int EXTENT = 4 << 20;
    static final String THIN_POOL = "limiquantix-thin";

    private static final int FILLED = 64 << 10;
    private static final Set<String> LOOKS = Set.of("vgs", "lvs", "pvs", "wipefs", "info");

    private final Tool tool = new ProcessTool();
    private final Path folder;
    private final LoopDisk disk;

    /** @param folder of this host, for all pools */
    LvmBed(Path folder, LoopDisk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** A process with the pool. */
    record Life(LvmPool pool, DyingTool tool) {}

    static DyingTool tool() {
        return new DyingTool(new ProcessTool(), LOOKS);
    }

    Life start(UUID poolId) {
        DyingTool started = tool();
        return new Life(open(poolId, own(), started), started);
    }

    /** A group of the pool's own. */
    static GroupChoice own() {
        return new GroupChoice(Optional.empty(), THIN_POOL);
    }

    LvmPool open(UUID poolId, GroupChoice choice, Tool with) {
        try {
            Path own = Files.createDirectories(folder(poolId));
            var surroundings = new StorageSurroundings(with, ImageLimits.upTo(1L << 40), folder);
            ImageStaging staging = ImageStaging.in(own.resolve("incoming"), Duration.ZERO, surroundings);
            return LvmPool.open(poolId, choice, own, disk, with, staging);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path folder(UUID poolId) {
        return folder.resolve(poolId.toString());
    }

    static String group(UUID poolId) {
        return "limiquantix-" + poolId.toString().replace("-", "");
    }

    String run(String... words) {
        return tool.run(CommandLine.of(words[0]).with(Arrays.copyOfRange(words, 1, words.length)))
                .strip();
    }

    /** As the host whose pool that is. */
    String lvm(UUID poolId, String... words) {
        String host = "limiquantix-" + Maker.of(folder(poolId));
        return tool.run(CommandLine.of(words[0])
                        .with(Arrays.copyOfRange(words, 1, words.length))
                        .with("--devices", disk.device().toString(), "--config")
                        .with("global{system_id_source=\"lvmlocal\"} local{system_id=\"" + host
                                + "\"} backup{archive=0} activation{monitoring=0}"))
                .strip();
    }

    /** The names, states, sizes and tags of all that the pool's group holds, but for what differs each time. */
    List<String> shape(UUID poolId) {
        String fields = "lv_name,lv_active,lv_size,lv_tags";
        return lvm(poolId, "lvs", "--noheadings", "--sort", "lv_name", "-o", fields, group(poolId))
                .lines()
                .map(line -> line.strip().replaceAll(" +", " ").replaceAll("limiquantix.made=\\d+", "made"))
                .toList();
    }

    /** Removes all but what has a name in the shape, at once. */
    void removeAllBut(UUID poolId, List<String> shape) {
        List<String> kept = names(shape);
        List<String> paths = names(shape(poolId)).stream()
                .filter(name -> !kept.contains(name))
                .map(name -> group(poolId) + "/" + name)
                .toList();
        if (!paths.isEmpty()) {
            String[] words = {"lvremove", "--yes"};
            String[] all = Arrays.copyOf(words, words.length + paths.size());
            System.arraycopy(paths.toArray(String[]::new), 0, all, words.length, paths.size());
            lvm(poolId, all);
        }
    }

    private static List<String> names(List<String> shape) {
        return shape.stream().map(line -> line.split(" ", 2)[0]).toList();
    }

    /** Writes so many bytes of a kind, to the disk itself. */
    static void fill(Path device, int pattern) {
        byte[] bytes = new byte[FILLED];
        Arrays.fill(bytes, (byte) pattern);
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void assertHolds(Path device, int pattern) {
        try (var in = Files.newInputStream(device)) {
            assertThat(in.readNBytes(FILLED)).as("%s", device).hasSize(FILLED).containsOnly(pattern);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
