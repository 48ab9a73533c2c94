package io.limiquantix.host.domain;

import java.util.Map;

/** One disk in libvirt's XML, as {@code virsh attach-device} takes it. */
public final class DiskDocument {
    private DiskDocument() {}

    /**
     * @param target libvirt's name for it, for instance {@code vdb}
     * @param serial the guest finds it by this
     */
    public static String of(PlacedDisk disk, String format, String target, String serial, DiskAccess access) {
        XmlText xml = new XmlText();
        new DiskElement(xml).write(disk, format, target, serial, () -> {
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
