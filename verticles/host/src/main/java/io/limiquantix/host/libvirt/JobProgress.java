package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.tasks.Moved;
import org.libvirt.DomainJobInfo;

/** How far libvirt is with a domain's memory, in bytes. */
final class JobProgress {
    private static final int HUNDRED = 100;

    private JobProgress() {}

    static CopyProgress of(DomainJobInfo job) {
        long total = job.getDataTotal();
        if (total <= 0) {
            return new CopyProgress(CopyState.COPYING, 0);
        }
        long moved = Math.min(job.getDataProcessed(), total);
        return new CopyProgress(CopyState.COPYING, (int) (moved * HUNDRED / total), new Moved(moved, total));
    }
}
