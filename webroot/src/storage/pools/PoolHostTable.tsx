import { ActionsMenu } from '../../core/actions/ActionsMenu';
import type { Pool, PoolOnHost } from '../../core/api/types';
import { formatAgo, formatTime } from '../../core/format/time';
import { CapacityBar } from '../../core/layout/CapacityBar';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { unassignDeadHost, unassignHost } from './actions/unassignHost';

const nameOf = (host: PoolOnHost): string => host.hostName ?? host.hostId;

const OUTDATED =
  'It has not taken over the settings that were changed since; it is told again with each of its reports.';

/** How the pool is on each of its hosts. */
export function PoolHostTable({ pool }: { pool: Pool }) {
  const known = useList(hosts).data ?? [];
  const stateOf = ({ hostId }: PoolOnHost) => known.find(({ id }) => id === hostId)?.state;
  const columns: readonly Column<PoolOnHost>[] = [
    {
      label: 'Host',
      cell: (host) => <Truncated text={nameOf(host)} to={`/hosts/${host.hostId}`} />,
      sortBy: nameOf,
      width: 25,
    },
    {
      label: 'State',
      cell: (host) => (
        <>
          <StateLabel text={host.usable ? 'Usable' : 'Not usable'} tone={host.usable ? 'success' : 'danger'} />
          <Remark danger text={host.problem} />
          <Remark text={host.outdated ? OUTDATED : undefined} />
        </>
      ),
      sortBy: (host) => String(host.usable),
      width: 35,
    },
    {
      label: 'Used',
      cell: (host) => (
        <CapacityBar
          label={`Used of ${pool.name} on ${nameOf(host)}`}
          usedBytes={host.capacityBytes - host.freeBytes}
          totalBytes={host.usable ? host.capacityBytes : 0}
        />
      ),
      width: 20,
    },
    {
      label: 'Reported',
      cell: (host) => <span title={formatTime(host.reportedAt)}>{formatAgo(host.reportedAt)}</span>,
      sortBy: (host) => host.reportedAt,
      width: 15,
    },
    {
      label: 'Actions',
      hidden: true,
      cell: (host) => (
        <ActionsMenu
          target={{ pool, host, hostState: stateOf(host) }}
          name={nameOf(host)}
          actions={[unassignHost, unassignDeadHost]}
        />
      ),
    },
  ];
  return <DataTable label="Hosts of the pool" rows={pool.hosts} columns={columns} rowKey={(host) => host.hostId} />;
}
