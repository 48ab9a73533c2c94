package io.limiquantix.host.domain;

import java.util.regex.Pattern;

/**
 * A domain's XML without what would let somebody in elsewhere. libvirt leaves passwords out by itself unless it is asked for them, but not
 * those that somebody wrote where libvirt does not look for them: as QEMU's own options or in the name of a volume.
 */
public final class HiddenSecrets {
    private static final String HIDDEN = "********";
    /** The password of VNC or SPICE (libvirt's {@code formatdomain}, "graphics"), and what other programs call so. */
    private static final Pattern PASSWORD = Pattern.compile("\\b(passwd|password)=(['\"])[^'\"]*\\2");
    /** The key in an old name of a volume in Ceph, {@code pool/image:id=user:key=…} (QEMU's {@code block/rbd.c}). */
    private static final Pattern CEPHX = Pattern.compile(":key=[^:'\"<&]+");
    /** QEMU's option {@code -object secret,data=…} (its manual, "secret"). */
    private static final Pattern OBJECT = Pattern.compile("(\\bsecret,[^'\"<]*?\\bdata=)[^,'\"<]+");

    private HiddenSecrets() {}

    /** The same text, with secrets replaced by asterisks. */
    public static String in(String xml) {
        String passwords = PASSWORD.matcher(xml).replaceAll("$1=$2" + HIDDEN + "$2");
        String keys = CEPHX.matcher(passwords).replaceAll(":key=" + HIDDEN);
        return OBJECT.matcher(keys).replaceAll("$1" + HIDDEN);
    }
}
