import { Button, Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionButton } from '../../core/actions/ActionButton';
import { api, unwrap } from '../../core/api/client';
import type { Pool, UnmanagedVolume } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { QueryState } from '../../core/layout/QueryState';
import { Truncated } from '../../core/layout/Truncated';
import { adoptVolume } from './actions/adoptVolume';

/** What lies in the pool and was made by hand; looked for when somebody asks. */
export function UnmanagedCard({ pool }: { pool: Pool }) {
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    // What was adopted is no longer among them, and the pool's count tells when.
    queryKey: ['unmanaged', pool.id, pool.volumeCount],
    queryFn: async () =>
      (await unwrap(api.GET('/pools/{poolId}/unmanaged', { params: { path: { poolId: pool.id } } }))).items,
    enabled: asked,
    staleTime: 0,
  });
  const hostName = ({ hostId }: UnmanagedVolume): string =>
    pool.hosts.find((host) => host.hostId === hostId)?.hostName ?? hostId;
  const columns: readonly Column<UnmanagedVolume>[] = [
    {
      label: 'Name in the storage',
      cell: (volume) => <Truncated text={volume.storageName} />,
      sortBy: (volume) => volume.storageName,
      width: 35,
    },
    { label: 'Format', cell: (volume) => volume.format, sortBy: (volume) => volume.format, width: 10 },
    { label: 'Size', cell: (volume) => formatBytes(volume.sizeBytes), sortBy: (volume) => volume.sizeBytes, width: 15 },
    {
      label: 'Host',
      cell: (volume) => (pool.shared ? 'All of them' : <Truncated text={hostName(volume)} />),
      sortBy: hostName,
      width: 20,
    },
    { label: 'Adopt', cell: (volume) => <ActionButton target={{ pool, volume }} action={adoptVolume} />, width: 15 },
  ];
  const look = (): void => {
    if (asked) void query.refetch();
    else setAsked(true);
  };
  const button = (
    <Button variant="secondary" isLoading={query.isFetching} isDisabled={query.isFetching} onClick={look}>
      {asked ? 'Look again' : 'Look for them'}
    </Button>
  );
  return (
    <Card component="section" aria-label="Made by hand">
      <CardHeader actions={{ actions: button, hasNoOffset: true }}>
        <CardTitle component="h2">Made by hand</CardTitle>
      </CardHeader>
      <CardBody>
        {asked ? (
          <QueryState query={query} what="volumes that were made by hand" compact>
            {(items) => (
              <DataTable
                label="Volumes made by hand"
                rows={items}
                columns={columns}
                rowKey={(volume) => `${volume.hostId} ${volume.storageName}`}
                nothing="Nothing was made by hand here"
              />
            )}
          </QueryState>
        ) : (
          <p className="lqx-subtle">
            What somebody put into the pool without LimiQuantix is left alone until it is adopted; then it is a volume.
          </p>
        )}
      </CardBody>
    </Card>
  );
}
