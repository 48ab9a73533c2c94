package io.limiquantix.host.capability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accelerator as the operator set it or the probe found it. What the probe found is remembered for as long as nothing
 * changed that could change it: the boot, QEMU, the device. What it is not certain of counts once it was found twice, as
 * each probe of a KVM that stands still takes its whole time.
 */
public final class AcceleratorAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(AcceleratorAnswer.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path DEVICE = Path.of("/dev/kvm");

    private final AcceleratorSetting setting;
    private final KvmProbe probe;
    private final Path file;
    private final JsonMapper json = new JsonMapper();

    public AcceleratorAnswer(AcceleratorSetting setting, KvmProbe probe, Path file) {
        this.setting = setting;
        this.probe = probe;
        this.file = file;
    }

    /** @param settled whether it needs no other probe */
    private record Remembered(String circumstances, AcceleratorChoice choice, boolean settled) {}

    /** May take as long as the probe does. */
    public AcceleratorChoice get(String qemuVersion) {
        return switch (setting) {
            case KVM -> new AcceleratorChoice(Accelerator.KVM, "The host's configuration says kvm.");
            case TCG -> new AcceleratorChoice(Accelerator.TCG, "The host's configuration says tcg.");
            case AUTO -> rememberedOrProbed(qemuVersion);
        };
    }

    private AcceleratorChoice rememberedOrProbed(String qemuVersion) {
        try {
            String circumstances = circumstances(qemuVersion);
            Optional<Remembered> before = recall().filter(r -> r.circumstances().equals(circumstances));
            if (before.isPresent() && before.get().settled()) {
                return before.get().choice();
            }
            KvmProbe.Finding found = probe.run();
            AcceleratorChoice choice = found.choice();
            LOG.info("guests run with {}: {}", choice.accelerator(), choice.reason());
            remember(new Remembered(circumstances, choice, found.certain() || before.isPresent()));
            return choice;
        } catch (IOException e) {
            throw new IllegalStateException("it cannot be told whether the KVM probe of " + file + " still holds", e);
        }
    }

    private static String circumstances(String qemuVersion) throws IOException {
        Object device = Files.exists(DEVICE) ? Files.getAttribute(DEVICE, "unix:ctime") : "none";
        return Files.readString(BOOT_ID).strip() + " qemu " + qemuVersion + " kvm " + device;
    }

    private Optional<Remembered> recall() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), Remembered.class));
        } catch (JsonProcessingException e) {
            LOG.info("{} is unreadable; KVM is probed again", file, e);
            return Optional.empty();
        }
    }

    private void remember(Remembered remembered) {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(aside, json.writeValueAsBytes(remembered));
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the answer of the KVM probe cannot be kept in {}; it is probed again at the next start", file, e);
        }
    }
}
