import { Alert, Grid, GridItem } from '@patternfly/react-core';
import { Facts } from '../core/layout/Facts';
import { Truncated } from '../core/layout/Truncated';
import type { Vm } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatTime } from '../core/format/time';
import { autostartInWords } from './autostart';
import { AccessCard } from './AccessCard';
import { CdromCard } from './cdroms/CdromCard';
import { DisksCard } from './disks/DisksCard';
import { DriftCard } from './drift/DriftCard';
import { withPending } from './edit/fieldNames';
import { PendingCard } from './edit/PendingCard';
import { HardwareFacts } from './HardwareFacts';
import { NicsCard } from './nics/NicsCard';
import { addressesOf } from './vms';

function accelerator(vm: Vm): string {
  if (vm.accelerator === 'TCG') return 'emulated (no KVM)';
  return vm.accelerator ?? '–';
}

function labelsOf({ labels }: Vm): string | undefined {
  const all = Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  return all.length > 0 ? all.join(', ') : undefined;
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
      <DriftCard vm={vm} />
      {vm.pending.length > 0 && (
        <GridItem span={12}>
          <PendingCard vm={vm} />
        </GridItem>
      )}
      <GridItem md={12} lg={6}>
        <Facts
          title="Machine"
          facts={[
            ...(vm.description === '' ? [] : [{ term: 'Description', value: vm.description }]),
            { term: 'Folder', value: vm.folder },
            { term: 'Labels', value: labelsOf(vm) },
            { term: 'vCPUs', value: withPending(vm, 'vcpus', String(vm.vcpus)) },
            { term: 'Memory', value: withPending(vm, 'memoryBytes', formatBytes(vm.memoryBytes)) },
            {
              term: 'Host',
              value: vm.hostId && <Truncated text={vm.hostName ?? vm.hostId} to={`/hosts/${vm.hostId}`} />,
            },
            { term: 'Processor', value: accelerator(vm) },
            { term: 'State', value: vm.stateReason },
            { term: 'Starts with its host', value: autostartInWords(vm.autostart) },
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
        <HardwareFacts vm={vm} />
      </GridItem>
      <GridItem span={12}>
        <AccessCard vm={vm} />
      </GridItem>
      <GridItem span={12}>
        <DisksCard vm={vm} />
      </GridItem>
      <GridItem span={12}>
        <CdromCard vm={vm} />
      </GridItem>
      <GridItem span={12}>
        <NicsCard vm={vm} />
      </GridItem>
    </Grid>
  );
}
