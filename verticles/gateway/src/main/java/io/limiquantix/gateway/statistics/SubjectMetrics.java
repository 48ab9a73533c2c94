package io.limiquantix.gateway.statistics;

import io.limiquantix.gateway.management.PrometheusText;
import io.limiquantix.gateway.statistics.LatestSamples.Latest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What hosts measured last, for Prometheus; only what is fresh. */
public final class SubjectMetrics {
    private final LatestSamples latest;
    private final VmNames names;

    public SubjectMetrics(LatestSamples latest, VmNames names) {
        this.latest = latest;
        this.names = names;
    }

    /** Blocks while names are asked for. */
    public void addTo(PrometheusText text) {
        latest.hosts().forEach((hostId, one) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("host", one.hostName());
            labels.put("host_id", hostId.toString());
            add("limiquantix_host_", one, labels, text);
        });
        Map<UUID, Latest> vms = latest.vms();
        Map<UUID, String> known = names.of(vms.keySet());
        vms.forEach((vmId, one) -> {
            String name = known.get(vmId);
            if (name != null) {
                Map<String, String> labels = new LinkedHashMap<>();
                labels.put("vm", name);
                labels.put("vm_id", vmId.toString());
                labels.put("host", one.hostName());
                add("limiquantix_vm_", one, labels, text);
            }
        });
    }

    private static void add(String prefix, Latest one, Map<String, String> labels, PrometheusText text) {
        double[] numbers = one.counted().doubles();
        for (int i = 0; i < one.series().size(); i++) {
            double number = numbers[i];
            SeriesName.parse(one.series().get(i))
                    .filter(series -> Double.isFinite(number))
                    .ifPresent(series -> {
                        MetricName metric = MetricName.of(series.measure());
                        Map<String, String> all = labels;
                        if (!series.device().isEmpty()) {
                            all = new LinkedHashMap<>(labels);
                            all.put("device", series.device());
                        }
                        text.sample(prefix + metric.name(), metric.type(), metric.help(), all, number);
                    });
        }
    }
}
