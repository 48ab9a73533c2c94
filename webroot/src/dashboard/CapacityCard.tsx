import { Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import type { Host, Pool } from '../core/api/types';
import { CapacityBar } from '../core/layout/CapacityBar';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { pools } from '../storage/storage';
import { DashboardCard } from './DashboardCard';
import { hostCapacity, storageCapacity } from './summary';

/** More vCPUs than cores are usual, so the bar never warns. */
function Processors({ vcpus, cores }: { vcpus: number; cores: number }) {
  if (cores === 0) return <span className="lqx-subtle">not known</span>;
  return (
    <Progress
      aria-label="Processors"
      size="sm"
      value={Math.min(100, Math.round((vcpus / cores) * 100))}
      label={`${Math.round((vcpus / cores) * 100)}%`}
      measureLocation={ProgressMeasureLocation.outside}
      helperText={`${vcpus} vCPUs on ${cores} cores`}
    />
  );
}

function Bars({ hosts: hostList, pools: poolList }: { hosts: readonly Host[]; pools: readonly Pool[] }) {
  const compute = hostCapacity(hostList);
  const storage = storageCapacity(poolList);
  return (
    <dl className="lqx-bars">
      <div>
        <dt>Processors</dt>
        <dd>
          <Processors vcpus={compute.reservedVcpus} cores={compute.cores} />
        </dd>
      </div>
      <div>
        <dt>Memory</dt>
        <dd>
          <CapacityBar label="Memory" usedBytes={compute.memoryUsedBytes} totalBytes={compute.memoryBytes} />
        </dd>
      </div>
      <div>
        <dt>Storage</dt>
        <dd>
          <CapacityBar label="Storage" usedBytes={storage.usedBytes} totalBytes={storage.capacityBytes} />
        </dd>
      </div>
    </dl>
  );
}

export function CapacityCard() {
  const hostQuery = useList(hosts);
  const poolQuery = useList(pools);
  return (
    <DashboardCard title="Capacity">
      <QueryState query={hostQuery} what="hosts" compact>
        {(hostList) => (
          <QueryState query={poolQuery} what="pools" compact>
            {(poolList) => <Bars hosts={hostList} pools={poolList} />}
          </QueryState>
        )}
      </QueryState>
    </DashboardCard>
  );
}
