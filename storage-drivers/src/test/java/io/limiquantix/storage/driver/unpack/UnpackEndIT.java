package io.limiquantix.storage.driver.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.storage.driver.ArrivalFormat;
import io.limiquantix.storage.driver.Came;
import io.limiquantix.storage.driver.ExpectedSums;
import io.limiquantix.storage.driver.Image;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StorageException.Reason;
import io.limiquantix.storage.driver.tool.CommandLine;
import io.limiquantix.storage.driver.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unpacking that is cut off in its middle, or for which there is no room. */
class UnpackEndIT {
    private final UnpackBed bed;

    UnpackEndIT(@TempDir Path scratch) throws IOException {
        this.bed = new UnpackBed(scratch);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The listener holds the thread that feeds the tool, so it is in the middle until it is interrupted. */
    private void interruptInTheMiddle(UUID id, ArrivalFormat stated) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Came> done = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                done.complete(bed.pool.images().unpack(id, stated, ExpectedSums.NONE, percent -> {
                    begun.countDown();
                    hold(over);
                }));
            } catch (StorageException e) {
                done.completeExceptionally(e);
            }
        });
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bed.incoming()).anyMatch(name -> name.endsWith(".making"));
        assertThatThrownBy(() -> bed.pool.images().delete(id))
                .as("while it is unpacked")
                .hasMessageContaining("arriving");
        thread.interrupt();
        assertThatThrownBy(() -> done.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        over.countDown();
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void leavesOnlyWhatArrivedWhenItIsEndedAndCanBeAskedForAgain() throws Exception {
        Path raw = bed.raw();
        UUID id = bed.arrived(bed.packed("gzip", raw));
        interruptInTheMiddle(id, ArrivalFormat.RAW);
        assertThat(bed.incoming()).containsExactlyInAnyOrder(id.toString(), id + ".sha256");
        bed.unpack(id, ArrivalFormat.RAW);
        assertThat(bed.file(bed.pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE)))
                .hasSameBinaryContentAs(raw);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isDeletedAfterItWasEnded(boolean packed) throws Exception {
        Path vdi = bed.as("vdi", "", bed.raw());
        UUID id = bed.arrived(packed ? bed.packed("gzip", vdi) : vdi);
        interruptInTheMiddle(id, ArrivalFormat.VDI);
        bed.pool.images().delete(id);
        bed.assertNothingLeft();
    }

    /** As after a kill: the conversion's file is half there, and whatever was to be done after it was not. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void beginsAnewAfterAKillAndRemovesWhatThatLeft() throws Exception {
        Path raw = bed.raw();
        UUID id = bed.arrived(bed.packed("gzip", bed.as("vmdk", "", raw)));
        Files.writeString(bed.root.resolve("incoming/." + id + ".unpacked.12345678.making"), "half an image");
        Files.writeString(bed.root.resolve("incoming/." + id + ".disk.12345678.making"), "half a disk");
        bed.unpack(id, ArrivalFormat.VMDK);
        assertThat(bed.incoming()).containsExactlyInAnyOrder(id + ".unpacked", id + ".came");
        bed.assertSame(raw, bed.pool.images().admit(id, ImageFormat.QCOW2, ExpectedSums.NONE));
        assertThat(bed.incoming()).isEmpty();
    }

    @Test
    void goesOnAfterAKillBetweenUnpackingAndCheck() throws Exception {
        Path raw = bed.raw();
        UUID id = bed.arrived(bed.packed("xz", raw));
        Came came = bed.unpack(id, ArrivalFormat.RAW);
        // What arrived may still be there.
        Files.writeString(bed.root.resolve("incoming/" + id), "what arrived");
        bed.pool.close();
        bed.pool = bed.openWith(bed.tool);
        assertThat(bed.pool.images().isPacked(id, ArrivalFormat.RAW)).isTrue();
        assertThat(bed.unpack(id, ArrivalFormat.RAW)).isEqualTo(came);
        Image image = bed.pool.images().admit(id, ImageFormat.RAW, ExpectedSums.NONE);
        assertThat(bed.file(image)).hasSameBinaryContentAs(raw);
        assertThat(bed.incoming()).isEmpty();
    }

    @Test
    void aToolThatDiesLeavesOnlyWhatArrived() throws Exception {
        Path vmdk = bed.as("vmdk", "", bed.raw());
        Tool dying = command -> {
            if (command.words().contains("convert")) {
                throw new Death();
            }
            return bed.tool.run(command);
        };
        bed.pool.close();
        bed.pool = bed.openWith(dying);
        UUID id = bed.arrived(vmdk);
        assertThatThrownBy(() -> bed.unpack(id, ArrivalFormat.VMDK)).isInstanceOf(Death.class);
        assertThat(bed.incoming()).containsExactlyInAnyOrder(id.toString(), id + ".sha256");
    }

    @Test
    @EnabledIf("isRoot")
    void endsBeforeThePoolIsFull(@TempDir Path scratch) throws Exception {
        Path small = Files.createDirectory(scratch.resolve("small"));
        bed.tool.run(CommandLine.of("mount", "-t", "tmpfs", "-o", "size=64m,mode=0755", "none", small.toString()));
        try {
            UnpackBed in = new UnpackBed(scratch, small);
            Path noise = scratch.resolve("noise.raw");
            in.sh("openssl enc -aes-128-ctr -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c 30M > " + noise);
            in.sh("cat " + noise + " " + noise + " > " + noise + "2 && mv " + noise + "2 " + noise);
            Path packed = scratch.resolve("noise.zst");
            in.sh("zstd -q --long=27 -c < " + noise + " > " + packed);
            refusedAsFull(in, packed, ArrivalFormat.RAW);
            Path vdi = in.as("vdi", "", noise);
            in.sh("zstd -q --long=27 -c < " + vdi + " > " + packed);
            refusedAsFull(in, packed, ArrivalFormat.VDI);
            in.pool.close();
        } finally {
            bed.tool.run(CommandLine.of("umount", small.toString()));
        }
    }

    private static void refusedAsFull(UnpackBed in, Path packed, ArrivalFormat stated) throws IOException {
        UUID id = in.arrived(packed);
        assertThatThrownBy(() -> in.unpack(id, stated))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.NO_SPACE))
                .hasMessageContaining("a twentieth has to stay free");
        in.pool.images().delete(id);
        in.assertNothingLeft();
    }
}
