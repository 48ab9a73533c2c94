import { Alert, Grid, GridItem } from '@patternfly/react-core';
import type { Host } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatAgo, formatTime } from '../core/format/time';
import { CapacityBar } from '../core/layout/CapacityBar';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Facts, type Fact } from '../core/layout/Facts';
import { LinkButton } from '../core/layout/LinkButton';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { acceleration } from './hostState';
import { HostVms } from './HostVms';

type HostNetwork = Host['networks'][number];

const NETWORKS: readonly Column<HostNetwork>[] = [
  { label: 'Name', cell: (network) => <Truncated text={network.name} /> },
  {
    label: 'State',
    cell: (network) => (
      <StateLabel text={network.active ? 'Active' : 'Not active'} tone={network.active ? 'success' : 'neutral'} />
    ),
  },
  { label: 'Kind', cell: (network) => network.forwardMode },
  { label: 'Bridge', cell: (network) => network.bridge ?? '–' },
];

function machineFacts(host: Host): readonly Fact[] {
  const { capabilities } = host;
  const { text, tone, reason } = acceleration(host);
  const first = {
    term: 'Acceleration',
    value: (
      <>
        <StateLabel text={text} tone={tone} /> <span className="lqx-subtle">{reason}</span>
      </>
    ),
  };
  if (!capabilities) return [first, { term: 'LimiQuantix', value: host.version }];
  return [
    first,
    { term: 'Processor', value: capabilities.cpuModel },
    { term: 'Cores', value: `${capabilities.cpuCores} (${capabilities.architecture})` },
    { term: 'Memory', value: formatBytes(capabilities.memoryBytes) },
    {
      term: 'NUMA nodes',
      value: (
        <ul className="lqx-plain" aria-label="NUMA nodes">
          {capabilities.numaCells.map((cell) => (
            <li key={cell.id}>
              {cell.id}: {cell.cpuCores} cores, {formatBytes(cell.memoryBytes)}
            </li>
          ))}
        </ul>
      ),
    },
    { term: 'QEMU', value: capabilities.qemuVersion },
    { term: 'libvirt', value: capabilities.libvirtVersion },
    { term: 'Kernel', value: capabilities.kernelVersion },
    { term: 'LimiQuantix', value: host.version },
  ];
}

function usageFacts(host: Host): readonly Fact[] {
  const total = host.capabilities?.memoryBytes ?? 0;
  return [
    {
      term: 'Memory',
      value: <CapacityBar label="Memory in use" usedBytes={total - host.memoryFreeBytes} totalBytes={total} />,
    },
    { term: 'Reserved', value: `${host.reservedVcpus} vCPUs, ${formatBytes(host.reservedMemoryBytes)}` },
    { term: 'Load average', value: host.loadAverage.toFixed(2) },
    { term: 'VMs', value: host.vmCount },
    { term: 'Last seen', value: <span title={formatTime(host.lastSeenAt)}>{formatAgo(host.lastSeenAt)}</span> },
    { term: 'Joined', value: formatTime(host.joinedAt) },
  ];
}

export function HostSummary({ host }: { host: Host }) {
  return (
    <Grid hasGutter>
      {host.problem && (
        <GridItem span={12}>
          <Alert component="p" variant="danger" isInline title={host.problem} />
        </GridItem>
      )}
      <GridItem md={12} lg={6}>
        <Facts title="Machine" facts={machineFacts(host)} />
      </GridItem>
      <GridItem md={12} lg={6}>
        <Facts title="In use" facts={usageFacts(host)} />
      </GridItem>
      <GridItem span={12}>
        <Facts title="Networks" facts={[]}>
          <DataTable
            label="Networks"
            rows={host.networks}
            columns={NETWORKS}
            rowKey={(network) => network.name}
            unsorted
            nothing="libvirt has no network on this host"
          />
        </Facts>
      </GridItem>
      <GridItem span={12}>
        <Facts title="Virtual machines" facts={[]}>
          <HostVms hostId={host.id} />
          <LinkButton variant="link" to={`/vms/unmanaged?host=${host.id}`}>
            Unmanaged virtual machines
          </LinkButton>
        </Facts>
      </GridItem>
    </Grid>
  );
}
