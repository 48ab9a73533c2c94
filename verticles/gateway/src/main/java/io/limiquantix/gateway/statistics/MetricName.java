package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.host.Measure;
import io.limiquantix.gateway.management.PrometheusText;

/**
 * What Prometheus calls a measure, without the subject: base units, counters with {@code _total}.
 *
 * @param help what it means, of a VM or a host
 */
record MetricName(String name, PrometheusText.Type type, String help) {
    static MetricName of(Measure measure) {
        return switch (measure) {
            case CPU_SECONDS -> counter("cpu_seconds", "Seconds that processors worked for it.");
            case CPU_COUNT -> gauge("cpus", "Processors that it has.");
            case MEMORY_ACTUAL -> gauge("memory_actual_bytes", "Memory that it has from its host now.");
            case MEMORY_AVAILABLE -> gauge("memory_available_bytes", "Memory that its kernel has to give.");
            case MEMORY_UNUSED -> gauge("memory_unused_bytes", "Memory that nothing in it uses, not even a cache.");
            case MEMORY_USABLE -> gauge("memory_usable_bytes", "Memory that its programs could still get.");
            case MEMORY_RESIDENT -> gauge("memory_resident_bytes", "Memory of its host that its process occupies.");
            case MEMORY_TOTAL -> gauge("memory_bytes", "Memory that it has.");
            case MEMORY_USED -> gauge("memory_used_bytes", "Memory that new guests could not get.");
            case LOAD -> gauge("load1", "Load average over a minute.");
            case READ_BYTES -> counter("disk_read_bytes", "Bytes read from a disk.");
            case WRITTEN_BYTES -> counter("disk_written_bytes", "Bytes written to a disk.");
            case READ_OPERATIONS -> counter("disk_reads", "Reads from a disk that are done.");
            case WRITE_OPERATIONS -> counter("disk_writes", "Writes to a disk that are done.");
            case FLUSH_OPERATIONS -> counter("disk_flushes", "Flushes of a disk that are done.");
            case READ_SECONDS -> counter("disk_read_seconds", "Seconds that reads took together.");
            case WRITE_SECONDS -> counter("disk_write_seconds", "Seconds that writes took together.");
            case FLUSH_SECONDS -> counter("disk_flush_seconds", "Seconds that flushes took together.");
            case RECEIVED_BYTES -> counter("nic_received_bytes", "Bytes that a network card received.");
            case SENT_BYTES -> counter("nic_sent_bytes", "Bytes that a network card sent.");
            case RECEIVED_PACKETS -> counter("nic_received_packets", "Packets that a network card received.");
            case SENT_PACKETS -> counter("nic_sent_packets", "Packets that a network card sent.");
            case NETWORK_ERRORS -> counter("nic_errors", "Broken packets of a network card.");
            case NETWORK_DROPS -> counter("nic_drops", "Dropped packets of a network card.");
        };
    }

    private static MetricName counter(String name, String help) {
        return new MetricName(name + "_total", PrometheusText.Type.COUNTER, help);
    }

    private static MetricName gauge(String name, String help) {
        return new MetricName(name, PrometheusText.Type.GAUGE, help);
    }
}
