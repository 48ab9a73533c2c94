package io.limiquantix.storage.driver.lvm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A logical volume as lvs(8) shows it.
 *
 * @param usedPercent of its size; 0 for one that is not active, of which LVM does not know it
 * @param metadataPercent of a thin pool's metadata
 * @param pool the thin pool that it lies in, empty for one that lies in none
 * @param zeroing whether a thin pool clears each block before its first use
 * @param health what LVM finds wrong with it, empty when nothing is
 * @param open whether a domain or a tool uses it now
 */
record LogicalVolume(
        String name,
        long sizeBytes,
        double usedPercent,
        double metadataPercent,
        String pool,
        boolean isPool,
        boolean active,
        boolean open,
        boolean zeroing,
        String health,
        List<String> tags) {
    static final String FIELDS =
            "lv_name,lv_size,data_percent,metadata_percent,pool_lv,lv_layout,lv_active,lv_device_open,lv_health_status,"
                    + "zero,lv_tags";

    private static final double WHOLE = 100.0;

    static LogicalVolume of(JsonNode entry) {
        String layout = entry.path("lv_layout").asText();
        String tags = entry.path("lv_tags").asText();
        return new LogicalVolume(
                entry.path("lv_name").asText(),
                entry.path("lv_size").asLong(),
                percent(entry, "data_percent"),
                percent(entry, "metadata_percent"),
                entry.path("pool_lv").asText(),
                layout.contains("thin") && layout.contains("pool"),
                entry.path("lv_active").asText().equals("active"),
                entry.path("lv_device_open").asText().equals("open"),
                entry.path("zero").asText().equals("zero"),
                entry.path("lv_health_status").asText(),
                tags.isEmpty() ? List.of() : List.of(tags.split(",", -1)));
    }

    private static double percent(JsonNode entry, String field) {
        String text = entry.path(field).asText();
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    long usedBytes() {
        return Math.round(sizeBytes * (usedPercent / WHOLE));
    }

    /** What follows the equals sign of the tag. */
    Optional<String> tag(String key) {
        return tags.stream()
                .filter(tag -> tag.startsWith(key + "="))
                .map(tag -> tag.substring(key.length() + 1))
                .findFirst();
    }
}
