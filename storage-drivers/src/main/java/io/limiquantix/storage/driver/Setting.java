package io.limiquantix.storage.driver;

/**
 * One thing that a pool of a driver is told.
 *
 * @param secret whether it is kept encrypted and never shown
 * @param description a sentence for whoever fills it in
 */
public record Setting(String name, boolean required, boolean secret, String description) {
    public static Setting required(String name, String description) {
        return new Setting(name, true, false, description);
    }

    public static Setting optional(String name, String description) {
        return new Setting(name, false, false, description);
    }

    public Setting asSecret() {
        return new Setting(name, required, true, description);
    }
}
