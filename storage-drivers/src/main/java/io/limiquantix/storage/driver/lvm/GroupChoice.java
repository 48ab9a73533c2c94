package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which volume group and thin pool are meant.
 *
 * @param adopted a group that is there already; empty for one of the pool's own, which is made on an empty disk
 * @param thinPool its name, made where it is missing
 */
public record GroupChoice(Optional<String> adopted, String thinPool) {
    static final String GROUP = "volumeGroup";
    static final String THIN_POOL = "thinPool";

    private static final String USUAL_THIN_POOL = "limiquantix-thin";
    /** The kernel's names are made of both and of the volume's, and have at most 127 characters: dm-ioctl.h. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9+_.-]{0,39}");

    /** What a driver on LVM is told besides where its disk is. */
    public static List<Setting> settings() {
        return List.of(
                Setting.optional(
                        GROUP,
                        "An LVM volume group that is on the disk already and is to be used; left out, one is made on the "
                                + "disk, which must then be empty."),
                Setting.optional(
                        THIN_POOL,
                        "The thin pool of that group in which volumes lie; left out, or when it is missing, one is made "
                                + "of all the space that is left."));
    }

    /** @throws StorageException {@code INVALID} with the field */
    public static GroupChoice of(PoolSettings settings) {
        Optional<String> group = settings.find(GROUP).map(name -> checked(GROUP, name));
        Optional<String> thinPool = settings.find(THIN_POOL).map(name -> checked(THIN_POOL, name));
        if (thinPool.isPresent() && group.isEmpty()) {
            throw StorageException.invalid(
                    "settings." + THIN_POOL, "A thin pool can only be named in a volume group that is named too.");
        }
        return new GroupChoice(group, thinPool.orElse(USUAL_THIN_POOL));
    }

    private static String checked(String field, String name) {
        boolean ours = field.equals(GROUP) && name.startsWith(OwnName.PREFIX);
        if (!NAME.matcher(name).matches() || name.contains("..") || ours) {
            throw StorageException.invalid(
                    "settings." + field,
                    "\"" + name
                            + "\" cannot be used: a name has up to 40 letters, digits and + _ . -, does not begin with a "
                            + "hyphen or a dot, and a group's not with " + OwnName.PREFIX + ".");
        }
        return name;
    }

    String groupOf(UUID poolId) {
        return adopted.orElseGet(() -> OwnName.PREFIX + poolId.toString().replace("-", ""));
    }
}
