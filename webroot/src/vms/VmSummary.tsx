import { Alert, Grid, GridItem } from '@patternfly/react-core';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Facts } from '../core/layout/Facts';
import { Truncated } from '../core/layout/Truncated';
import type { Vm } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatTime } from '../core/format/time';
import { useList } from '../core/live/collection';
import { images } from '../images/images';
import { pools } from '../storage/storage';
import { AccessCard } from './AccessCard';
import { addressesOf } from './vms';

type Disk = Vm['disks'][number];
type Nic = Vm['nics'][number];

const NICS: readonly Column<Nic>[] = [
  { label: 'Network', cell: (nic) => <Truncated text={nic.network} /> },
  { label: 'MAC address', cell: (nic) => <span className="lqx-mono">{nic.mac}</span> },
];

function accelerator(vm: Vm): string {
  if (vm.accelerator === 'TCG') return 'emulated (no KVM)';
  return vm.accelerator ?? '–';
}

function Disks({ disks }: { disks: readonly Disk[] }) {
  const poolList = useList(pools).data ?? [];
  const imageList = useList(images).data ?? [];
  const nameOf = (list: readonly { id: string; name: string }[], id?: string): string =>
    list.find((thing) => thing.id === id)?.name ?? '–';
  const columns: readonly Column<Disk>[] = [
    { label: 'Size', cell: (disk) => formatBytes(disk.sizeBytes) },
    { label: 'Pool', cell: (disk) => <Truncated text={nameOf(poolList, disk.poolId)} to="/storage" /> },
    { label: 'Image', cell: (disk) => <Truncated text={nameOf(imageList, disk.imageId)} /> },
  ];
  return (
    <DataTable
      label="Disks"
      rows={disks}
      columns={columns}
      rowKey={(disk) => disk.volumeId}
      unsorted
      nothing="No disks"
    />
  );
}

export function VmSummary({ vm }: { vm: Vm }) {
  const addresses = addressesOf(vm);
  return (
    <Grid hasGutter>
      {vm.problem && (
        <GridItem span={12}>
          <Alert component="p" variant="danger" isInline title={vm.problem} />
        </GridItem>
      )}
      <GridItem md={12} lg={6}>
        <Facts
          title="Machine"
          facts={[
            ...(vm.description === '' ? [] : [{ term: 'Description', value: vm.description }]),
            { term: 'vCPUs', value: vm.vcpus },
            { term: 'Memory', value: formatBytes(vm.memoryBytes) },
            {
              term: 'Host',
              value: vm.hostId && <Truncated text={vm.hostName ?? vm.hostId} to={`/hosts/${vm.hostId}`} />,
            },
            { term: 'Processor', value: accelerator(vm) },
            { term: 'State', value: vm.stateReason },
            { term: 'Created', value: formatTime(vm.createdAt) },
          ]}
        />
      </GridItem>
      <GridItem md={12} lg={6}>
        <Facts
          title="Guest"
          facts={[
            {
              term: 'Agent',
              value: vm.guest?.answered ? `answers (${vm.guest.agentVersion ?? 'no version'})` : 'does not answer',
            },
            { term: 'Host name', value: vm.guest?.hostName },
            { term: 'System', value: vm.guest?.operatingSystem },
            {
              term: 'Addresses',
              value:
                addresses.length > 0 ? (
                  <ul aria-label="Addresses" className="lqx-plain">
                    {addresses.map((ip) => (
                      <li key={ip}>{ip}</li>
                    ))}
                  </ul>
                ) : undefined,
            },
          ]}
        />
      </GridItem>
      <GridItem span={12}>
        <AccessCard vm={vm} />
      </GridItem>
      <GridItem md={12} lg={6}>
        <Facts title="Disks" facts={[]}>
          <Disks disks={vm.disks} />
        </Facts>
      </GridItem>
      <GridItem md={12} lg={6}>
        <Facts title="Network cards" facts={[]}>
          <DataTable
            label="Network cards"
            rows={vm.nics}
            columns={NICS}
            rowKey={(nic) => nic.mac}
            unsorted
            nothing="No network cards"
          />
        </Facts>
      </GridItem>
    </Grid>
  );
}
