package io.limiquantix.host.domain;

/** One disk as libvirt's {@code attach-device} takes it. */
public final class DiskDocument {
    private DiskDocument() {}

    /**
     * @param target libvirt's name for it, for instance {@code vdb}
     * @param serial the guest finds it by this
     */
    public static String of(PlacedDisk disk, String format, String target, String serial) {
        XmlText xml = new XmlText();
        new DiskElement(xml).write(disk, format, target, serial, () -> {});
        return xml.finished();
    }
}
