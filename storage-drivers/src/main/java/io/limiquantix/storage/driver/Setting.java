package io.limiquantix.storage.driver;

/**
 * One thing that a pool of a driver is told.
 *
 * @param secret whether it is kept encrypted and never shown
 * @param changeable whether {@link StoragePool#change} takes another value; what says where the data is cannot
 * @param aboutChange a sentence for whoever wants to change it: when that takes effect, or why it is not possible and what to do
 *     instead; empty where there is nothing to say
 * @param description a sentence for whoever fills it in
 */
public record Setting(
        String name, boolean required, boolean secret, boolean changeable, String aboutChange, String description) {
    private static final String WHERE_THE_DATA_IS =
            "It says where the pool's data is. Make another pool for the other place, and copy the volumes there.";

    /** One that cannot be changed, as {@link #optional}. */
    public static Setting required(String name, String description) {
        return new Setting(name, true, false, false, WHERE_THE_DATA_IS, description);
    }

    public static Setting optional(String name, String description) {
        return new Setting(name, false, false, false, WHERE_THE_DATA_IS, description);
    }

    public Setting asSecret() {
        return new Setting(name, required, true, changeable, aboutChange, description);
    }

    /** The same, and it can be changed while the pool is used. */
    public Setting asChangeable() {
        return asChangeable("");
    }

    /** @param effect when a change takes effect, in a sentence */
    public Setting asChangeable(String effect) {
        return new Setting(name, required, secret, true, effect, description);
    }
}
