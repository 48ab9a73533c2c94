package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.host.domain.DiskPlaces.Plug;
import java.util.Map;

/** One disk in libvirt's XML, as {@code virsh attach-device} takes it. */
public final class DiskDocument {
    private DiskDocument() {}

    /**
     * One on virtio.
     *
     * @param target libvirt's name for it, for instance {@code vdb}
     * @param serial the guest finds it by this
     */
    public static String of(
            PlacedDisk disk, String format, String target, DiskHardware hardware, String serial, DiskAccess access) {
        XmlText xml = new XmlText();
        Plug plug = new Plug(DiskBus.VIRTIO, target, -1, 0, 0);
        new DiskElement(xml).write(disk, format, plug, hardware, serial, () -> {
            if (access.readOnly()) {
                xml.empty("readonly", Map.of());
            }
            if (access.shareable()) {
                xml.empty("shareable", Map.of());
            }
        });
        return xml.finished();
    }
}
