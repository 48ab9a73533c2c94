import { Alert } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import type { Lease, Network } from '../core/api/types';
import { formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Facts } from '../core/layout/Facts';
import { QueryState } from '../core/layout/QueryState';
import { Truncated } from '../core/layout/Truncated';
import { vmPath } from '../vms/vms';

const EVERY_MS = 15_000;

const COLUMNS: readonly Column<Lease>[] = [
  { label: 'Address', cell: ({ ip }) => <span className="lqx-mono">{ip}</span>, sortBy: ({ ip }) => ip, width: 20 },
  { label: 'MAC address', cell: ({ mac }) => <span className="lqx-mono">{mac}</span>, width: 20 },
  { label: 'Host name', cell: ({ hostName }) => <Truncated text={hostName ?? '–'} />, width: 20 },
  {
    label: 'Virtual machine',
    cell: ({ vmId, vmName }) => (vmId ? <Truncated text={vmName ?? vmId} to={vmPath(vmId)} /> : '–'),
    sortBy: ({ vmName }) => vmName ?? '',
    width: 20,
  },
  { label: 'Until', cell: ({ expiresAt }) => (expiresAt ? formatTime(expiresAt) : 'For ever'), width: 20 },
];

/** The addresses that the hosts have given out. */
export function LeasesCard({ network }: { network: Network }) {
  if (network.kind !== 'BRIDGE') return <LeaseList network={network} />;
  return (
    <Facts title="Addresses given out" facts={[]}>
      <p className="lqx-subtle">Hosts give out none on a bridge: that is for whoever looks after its network.</p>
    </Facts>
  );
}

/** Asked for again from time to time. */
function LeaseList({ network }: { network: Network }) {
  const query = useQuery({
    queryKey: ['leases', network.id],
    queryFn: () => unwrap(api.GET('/networks/{networkId}/leases', { params: { path: { networkId: network.id } } })),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  const nameOf = (hostId: string): string => network.hosts.find((host) => host.hostId === hostId)?.hostName ?? hostId;
  return (
    <Facts title="Addresses given out" facts={[]}>
      <QueryState query={query} what="leases" compact>
        {(answer) => (
          <>
            {answer.silent.map(({ hostId, problem }) => (
              <Alert
                key={hostId}
                component="p"
                variant="warning"
                isInline
                title={`${nameOf(hostId)} does not say what it has given out: ${problem}`}
              />
            ))}
            <DataTable
              label="Addresses given out"
              rows={answer.items}
              columns={COLUMNS}
              rowKey={({ hostId, ip, mac }) => `${hostId} ${ip} ${mac}`}
              nothing="None"
            />
          </>
        )}
      </QueryState>
    </Facts>
  );
}
