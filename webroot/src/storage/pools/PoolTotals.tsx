import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Pool } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { CapacityBar } from '../../core/layout/CapacityBar';
import { totals } from './poolState';

function Total({ title, value, children }: { title: string; value: ReactNode; children?: ReactNode }) {
  return (
    <Card isCompact isFullHeight component="section" aria-label={title}>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <span className="lqx-count">{value}</span>
        {children}
      </CardBody>
    </Card>
  );
}

/** All pools in four numbers. */
export function PoolTotals({ pools }: { pools: readonly Pool[] }) {
  const sum = totals(pools);
  return (
    <div className="lqx-totals lqx-gap-below">
      <Total title="Pools" value={sum.count} />
      <Total title="Capacity" value={formatBytes(sum.capacityBytes)} />
      <Total title="Used" value={formatBytes(sum.usedBytes)}>
        <CapacityBar label="Used of all pools" usedBytes={sum.usedBytes} totalBytes={sum.capacityBytes} />
      </Total>
      <Total
        title="Degraded or unavailable"
        value={<span className={sum.troubled > 0 ? 'lqx-bad' : ''}>{sum.troubled}</span>}
      />
    </div>
  );
}
