import { Alert, Grid, GridItem } from '@patternfly/react-core';
import type { Pool } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { formatTime } from '../../core/format/time';
import { CapacityBar } from '../../core/layout/CapacityBar';
import { Facts, type Fact } from '../../core/layout/Facts';
import { CapacityCard } from './CapacityCard';
import { driverName, settingLabel } from './drivers';
import { PoolHostTable } from './PoolHostTable';
import { UnmanagedCard } from './UnmanagedCard';

function poolFacts(pool: Pool): readonly Fact[] {
  return [
    { term: 'Type', value: driverName(pool.driver) },
    ...Object.entries(pool.settings).map(([name, value]) => ({ term: settingLabel(name), value })),
    ...pool.secretNames.map((name) => ({ term: settingLabel(name), value: 'Kept encrypted, never shown' })),
    { term: 'Created', value: formatTime(pool.createdAt) },
  ];
}

function snapshots({ liveSnapshots, snapshotFormats }: NonNullable<Pool['abilities']>): string {
  if (snapshotFormats.length === 0) return 'None';
  return liveSnapshots ? 'Also while a VM runs with the volume' : 'While no VM runs with the volume';
}

function abilityFacts(pool: Pool): readonly Fact[] {
  const { abilities } = pool;
  if (!abilities) return [{ term: 'Abilities', value: 'Not known before a host has opened it' }];
  return [
    { term: 'Hosts see', value: abilities.shared ? 'The same volumes' : 'Volumes of their own' },
    { term: 'Formats', value: abilities.volumeFormats.join(', ') },
    { term: 'Snapshots', value: snapshots(abilities) },
    { term: 'Sizes', value: `Rounded up to ${formatBytes(abilities.sizeUnitBytes)}` },
  ];
}

const FULLNESS: Record<Pool['fullness'], { title: string; variant: 'warning' | 'danger' } | undefined> = {
  NORMAL: undefined,
  WARNING: { title: 'More than 80 % of the pool is used: make room.', variant: 'warning' },
  FULL: {
    title: 'More than 95 % of the pool is used: VMs stop when their disks cannot grow. Make room now.',
    variant: 'danger',
  },
};

export function PoolSummary({ pool }: { pool: Pool }) {
  const fullness = FULLNESS[pool.fullness];
  const capacity: readonly Fact[] = [
    {
      term: 'Capacity',
      value: (
        <CapacityBar
          label={`Used of ${pool.name}`}
          usedBytes={pool.capacityBytes - pool.freeBytes}
          totalBytes={pool.capacityBytes}
        />
      ),
    },
    { term: 'Volumes', value: pool.volumeCount },
    ...abilityFacts(pool),
  ];
  return (
    <Grid hasGutter>
      {fullness && (
        <GridItem span={12}>
          <Alert component="p" isInline {...fullness} />
        </GridItem>
      )}
      <GridItem md={12} lg={6}>
        <Facts title="Pool" facts={poolFacts(pool)} />
      </GridItem>
      <GridItem md={12} lg={6}>
        <Facts title="What it has" facts={capacity} />
      </GridItem>
      <GridItem span={12}>
        <CapacityCard pool={pool} />
      </GridItem>
      <GridItem span={12}>
        <Facts title="Hosts" facts={[]}>
          <PoolHostTable pool={pool} />
        </Facts>
      </GridItem>
      <GridItem span={12}>
        <UnmanagedCard pool={pool} />
      </GridItem>
    </Grid>
  );
}
