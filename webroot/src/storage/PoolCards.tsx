import { Card, CardBody, CardHeader, CardTitle, Gallery } from '@patternfly/react-core';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Pool } from '../core/api/types';
import { CapacityBar } from '../core/layout/CapacityBar';
import { StateLabel, type Tone } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { deletePool } from './actions/deletePool';

const STATES: Record<Pool['state'], { text: string; tone: Tone }> = {
  READY: { text: 'Ready', tone: 'success' },
  DEGRADED: { text: 'Degraded', tone: 'warning' },
  UNAVAILABLE: { text: 'Unavailable', tone: 'danger' },
};

export function poolState(pool: Pick<Pool, 'state'>): { text: string; tone: Tone } {
  return STATES[pool.state];
}

function PoolHosts({ pool }: { pool: Pool }) {
  return (
    <ul className="lqx-plain lqx-pool-hosts" aria-label={`Hosts of ${pool.name}`}>
      {pool.hosts.map((host) => (
        <li key={host.hostId}>
          <Truncated text={host.hostName ?? host.hostId} to={`/hosts/${host.hostId}`} />
          {host.usable ? (
            <CapacityBar
              label={`${pool.name} on ${host.hostName ?? host.hostId}`}
              usedBytes={host.capacityBytes - host.freeBytes}
              totalBytes={host.capacityBytes}
            />
          ) : (
            <p className="lqx-failure">{host.problem ?? 'It cannot use the pool.'}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

function PoolCard({ pool }: { pool: Pool }) {
  return (
    <Card isCompact isFullHeight component="section" aria-label={`Pool ${pool.name}`}>
      <CardHeader actions={{ actions: <ActionsMenu target={pool} name={pool.name} actions={[deletePool]} /> }}>
        <CardTitle component="h2">
          <span className="lqx-card-title">
            <Truncated text={pool.name} /> <StateLabel {...poolState(pool)} />
          </span>
        </CardTitle>
      </CardHeader>
      <CardBody>
        <p className="lqx-subtle lqx-gap-below lqx-break">
          {pool.settings.path ?? pool.driver}, {pool.volumeCount === 1 ? '1 volume' : `${pool.volumeCount} volumes`}
        </p>
        <PoolHosts pool={pool} />
      </CardBody>
    </Card>
  );
}

export function PoolCards({ pools }: { pools: readonly Pool[] }) {
  return (
    <Gallery hasGutter minWidths={{ default: '22rem' }} maxWidths={{ default: '1fr' }}>
      {[...pools]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((pool) => (
          <PoolCard key={pool.id} pool={pool} />
        ))}
    </Gallery>
  );
}
