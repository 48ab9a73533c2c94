import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { vms, withoutTemplates } from '../vms/vms';
import { Counts } from './Counts';
import { DashboardCard } from './DashboardCard';
import { vmCounts } from './summary';

export function VmsCard() {
  const query = useList(vms);
  const label = query.data ? `All ${withoutTemplates(query.data).length.toLocaleString()}` : 'All';
  return (
    <DashboardCard title="Virtual machines" more={{ label, to: '/vms' }}>
      <QueryState query={query} what="virtual machines" compact>
        {(all) => <Counts label="Virtual machines by state" counts={vmCounts(withoutTemplates(all))} />}
      </QueryState>
    </DashboardCard>
  );
}
