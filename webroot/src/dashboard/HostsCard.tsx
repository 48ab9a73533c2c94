import { ExclamationTriangleIcon } from '@patternfly/react-icons';
import type { Host } from '../core/api/types';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { Counts } from './Counts';
import { DashboardCard } from './DashboardCard';
import { hostCounts } from './summary';

/** Emulated guests are many times slower; that should not come as a surprise. */
function Emulation({ all }: { all: readonly Host[] }) {
  const emulated = all.filter((host) => host.capabilities?.accelerator === 'TCG').length;
  if (emulated === 0) return null;
  return (
    <p className="lqx-gap-above lqx-state-warning">
      <ExclamationTriangleIcon /> {emulated === 1 ? '1 host has' : `${emulated} hosts have`} no KVM: guests there are
      emulated and slow.
    </p>
  );
}

export function HostsCard() {
  const query = useList(hosts);
  const label = query.data ? `All ${query.data.length.toLocaleString()}` : 'All';
  return (
    <DashboardCard title="Hosts" more={{ label, to: '/hosts' }}>
      <QueryState query={query} what="hosts" compact>
        {(all) => (
          <>
            <Counts label="Hosts by state" counts={hostCounts(all)} />
            <Emulation all={all} />
          </>
        )}
      </QueryState>
    </DashboardCard>
  );
}
