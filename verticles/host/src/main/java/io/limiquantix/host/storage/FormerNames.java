package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.host.libvirt.DomainAdoption;
import io.limiquantix.host.libvirt.DomainAdoption.Former;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names that files of adopted disks had before. A running QEMU may know its disk by such a name only; once the domain is off nobody
 * needs it any more, and while it is there, deleting the volume frees nothing.
 */
public final class FormerNames {
    private static final Logger LOG = LoggerFactory.getLogger(FormerNames.class);

    private final DomainAdoption adoption;

    public FormerNames(DomainAdoption adoption) {
        this.adoption = adoption;
    }

    /** Removes those of a domain that is off; whatever else has become of one is left alone, and nothing happens to one that runs. */
    public void remove(UUID vmId, Instant deadline) {
        List<Former> former = adoption.formerNames(vmId, deadline);
        boolean all = true;
        for (Former each : former) {
            all &= isRemoved(vmId, each, deadline);
        }
        if (!former.isEmpty() && all) {
            adoption.forgetFormerNames(vmId, deadline);
        }
    }

    private boolean isRemoved(UUID vmId, Former former, Instant deadline) {
        try {
            Path file = former.file();
            if (!Files.exists(file)) {
                return true;
            }
            Path real = file.toRealPath();
            if (isVolume(real, former) || !isOfVolume(real, former)) {
                return true;
            }
            if (adoption.isNamedByOthers(vmId, List.of(file, real), deadline)) {
                return false;
            }
            Files.delete(real);
            LOG.info("{} was a name of the volume {} before it was adopted, and is removed", real, former.volumeId());
            return true;
        } catch (IOException | FailureException e) {
            LOG.warn("{} stays, as a second name of the volume {}", former.file(), former.volumeId(), e);
            return false;
        }
    }

    /** A symbolic link may lead to the volume itself. */
    private static boolean isVolume(Path real, Former former) throws IOException {
        Path folder = former.volume().toRealPath().getParent();
        return real.startsWith(String.valueOf(folder))
                && String.valueOf(real.getFileName()).startsWith(former.volumeId() + ".");
    }

    private static boolean isOfVolume(Path real, Former former) throws IOException {
        for (String format : List.of("qcow2", "raw")) {
            Path first = former.volume().resolveSibling(former.volumeId() + "." + format);
            if (Files.exists(first) && Files.isSameFile(first, real)) {
                return true;
            }
        }
        return false;
    }

    /** Whether both are names of one file. */
    public static boolean areOfOneFile(Path one, Path other) {
        try {
            return Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException _) {
            return false;
        }
    }
}
