package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.XmlLookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * The files of UEFI variables (formatdomain.html, "nvram"). libvirt makes a domain's at its first start, unless it is there, and says
 * where it is only while the domain runs; until then it goes by the domain's name.
 */
public final class DomainVariables {
    /** QEMU refuses larger ones ({@code pflash} holds 8 MiB with the firmware itself). */
    private static final int MOST_BYTES = 8 << 20;

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final LibvirtConnection connection;
    private final Path folder;

    /** @param folder where libvirt keeps them */
    public DomainVariables(LibvirtConnection connection, Path folder) {
        this.connection = connection;
        this.folder = folder;
    }

    /**
     * As they are now. Empty for a domain that never ran, or does not start by UEFI.
     *
     * @throws FailureException {@code NOT_FOUND} when there is no such domain
     */
    public Optional<byte[]> read(UUID vmId, Instant deadline) {
        return connection.withDomain(vmId, "The UEFI variables could not be read", deadline, domain -> {
            Optional<Path> file = file(domain);
            return file.isEmpty() ? Optional.empty() : content(file.get());
        });
    }

    /**
     * Has a domain of ours that is off start with these.
     *
     * @throws FailureException {@code CONFLICT} when it runs, is suspended, is not ours, or does not start by UEFI
     */
    public void write(UUID vmId, byte[] variables, Instant deadline) {
        connection.withDomain(vmId, "The UEFI variables could not be written", deadline, domain -> {
            if (!Domains.isStopped(domain)) {
                throw FailureException.conflict("The virtual machine runs, with UEFI variables of its own.");
            }
            DomainSaves.refuseSaved(domain);
            if (LiveDefinition.parse(domain.getXMLDesc(0)).digest().isEmpty()) {
                throw FailureException.conflict("The domain " + domain.getName() + " is not LimiQuantix's.");
            }
            Path file = file(domain).orElseThrow(() -> FailureException.conflict("It does not start by UEFI."));
            replace(file, variables);
            return true;
        });
    }

    private Optional<Path> file(Domain domain) throws LibvirtException {
        XmlLookup xml = XmlLookup.parse(domain.getXMLDesc(0));
        Optional<Path> said = xml.elements("nvram").stream()
                .map(element -> element.getTextContent().strip())
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .findFirst();
        if (said.isPresent()
                || xml.attribute("os", "firmware").filter("efi"::equals).isEmpty()) {
            return said;
        }
        return Optional.of(folder.resolve(domain.getName() + "_VARS.fd"));
    }

    private static Optional<byte[]> content(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] content = input.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw FailureException.conflict(file + " has more than 8 MiB, so it holds no UEFI variables.");
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** All of it or nothing, whenever this process ends. */
    private static void replace(Path file, byte[] content) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), ".limiquantix-", ".fd", PRIVATE);
            try {
                Files.write(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static FailureException failed(Path file, IOException e) {
        return FailureException.of(FailureCode.HYPERVISOR, file + " with the UEFI variables: " + e.getMessage());
    }
}
