package io.limiquantix.scheduler;

import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.scheduler.HostView.State;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.Transaction.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what hosts report. The first report of a host is how it joins. */
final class HostReports {
    private static final Logger LOG = LoggerFactory.getLogger(HostReports.class);

    private final Database database;
    private final HostStore hosts;

    HostReports(Database database, HostStore hosts) {
        this.database = database;
        this.hosts = hosts;
    }

    void accept(HostReport report) {
        database.run(tx -> hosts.heard(tx, report.hostId())
                .ifPresentOrElse(heard -> update(tx, heard, report), () -> hosts.join(tx, report)));
    }

    private void update(Transaction tx, HostStore.Heard heard, HostReport report) {
        if (heard.isNewerThan(report)) {
            LOG.debug("an older report of host {} is ignored", report.hostId());
            return;
        }
        HostFacts facts = HostFacts.of(report, heard.facts());
        hosts.update(tx, report, facts);
        boolean changed = heard.state() != State.UP
                || !heard.name().equals(report.name())
                || !heard.version().equals(report.version())
                || facts.differsNotablyFrom(heard.facts());
        if (changed) {
            tx.changed("host", report.hostId(), Change.CHANGED);
        }
    }
}
