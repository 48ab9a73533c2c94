import { ServerIcon } from '@patternfly/react-icons';
import type { Host } from '../core/api/types';
import { formatAgo } from '../core/format/time';
import { CapacityBar } from '../core/layout/CapacityBar';
import { DataTable, type Column } from '../core/layout/DataTable';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { Remark } from '../core/layout/Remark';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { hosts } from './hosts';
import { acceleration, hostState } from './hostState';

const memoryOf = (host: Host): number => host.capabilities?.memoryBytes ?? 0;

function versions({ version, capabilities }: Host): string {
  const theirs = capabilities ? [`QEMU ${capabilities.qemuVersion}`, `libvirt ${capabilities.libvirtVersion}`] : [];
  return [`LimiQuantix ${version}`, ...theirs].join(', ');
}

function Acceleration({ host }: { host: Host }) {
  const { text, tone, reason } = acceleration(host);
  return (
    <>
      <StateLabel text={text} tone={tone} title={reason} />
      {tone === 'warning' && <Remark text={reason} />}
    </>
  );
}

const COLUMNS: readonly Column<Host>[] = [
  {
    label: 'Name',
    cell: (host) => (
      <>
        <Truncated text={host.name} to={`/hosts/${host.id}`} />
        <Remark text={versions(host)} />
      </>
    ),
    sortBy: (host) => host.name,
    width: 20,
  },
  {
    label: 'State',
    cell: (host) => (
      <>
        <StateLabel {...hostState(host)} />
        <Remark text={host.problem} danger />
        {host.state !== 'UP' && <Remark text={`Last seen ${formatAgo(host.lastSeenAt)}`} />}
      </>
    ),
    sortBy: (host) => host.state,
    width: 15,
  },
  {
    label: 'Acceleration',
    cell: (host) => <Acceleration host={host} />,
    sortBy: (host) => acceleration(host).text,
    width: 20,
  },
  {
    label: 'Processor',
    cell: (host) => (
      <>
        <Truncated text={host.capabilities?.cpuModel ?? '–'} />
        <Remark text={`${host.reservedVcpus} vCPUs on ${host.capabilities?.cpuCores ?? '?'} cores`} />
      </>
    ),
    sortBy: (host) => host.capabilities?.cpuCores ?? 0,
    width: 20,
  },
  {
    label: 'Memory',
    cell: (host) => (
      <CapacityBar
        label={`Memory of ${host.name}`}
        usedBytes={memoryOf(host) - host.memoryFreeBytes}
        totalBytes={memoryOf(host)}
      />
    ),
    sortBy: memoryOf,
    width: 15,
  },
  { label: 'VMs', cell: (host) => host.vmCount, sortBy: (host) => host.vmCount, width: 10 },
];

export function HostsPage() {
  const query = useList(hosts);
  return (
    <Page title="Hosts">
      <QueryState query={query} what="hosts">
        {(rows) =>
          rows.length > 0 ? (
            <DataTable label="Hosts" rows={rows} columns={COLUMNS} rowKey={(host) => host.id} />
          ) : (
            <NothingYet
              icon={ServerIcon}
              title="No host has joined yet"
              body="Start LimiQuantix with config/host.yaml on a machine that has libvirt and QEMU. It joins by itself and appears here."
            />
          )
        }
      </QueryState>
    </Page>
  );
}
