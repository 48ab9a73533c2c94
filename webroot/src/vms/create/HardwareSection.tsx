import { FormSection, Grid, GridItem } from '@patternfly/react-core';
import type { Host, Image, Network } from '../../core/api/types';
import { formatBytes, gibCeil } from '../../core/format/bytes';
import { NumberField, SelectField } from '../../core/form/fields';
import { networkChoices } from '../../networks/networkState';
import { machineOf, memoryWarning } from './draft';
import { FurtherDisks } from './FurtherDisks';
import { IsoField } from './IsoField';
import { MachineFields } from './MachineFields';
import { MachineSection } from './MachineSection';
import { NicFields } from './NicFields';
import type { SectionProps } from './section';
import { TuningFields } from './TuningFields';
import { leastBytes } from './validate';

interface Props extends SectionProps {
  image: Image | undefined;
  images: readonly Image[];
  hosts: readonly Host[];
  networks: readonly Network[];
}

function hostLabel(host: Host): string {
  if (host.state !== 'UP') return `${host.name} (${host.state.toLowerCase()})`;
  return `${host.name} (${formatBytes(host.memoryFreeBytes)} free)`;
}

export function HardwareSection({ draft, errors, edit, image: chosen, images, hosts, networks }: Props) {
  const image = draft.firstDisk === 'image' ? chosen : undefined;
  const machine = machineOf(draft);
  const section = { draft, errors, edit };
  const hostChoices = hosts.map((host) => ({
    value: host.id,
    label: hostLabel(host),
    disabled: host.state !== 'UP',
  }));
  const known = networkChoices(networks, draft.hostId === '' ? undefined : draft.hostId);
  const isKnown = networks.some((network) => network.name === draft.network);
  return (
    <FormSection title="Hardware" titleElement="h2">
      <Grid hasGutter sm={12} md={4}>
        <GridItem>
          <NumberField
            id="vm-vcpus"
            label="vCPUs"
            required
            min={1}
            max={512}
            value={draft.vcpus}
            error={errors.vcpus}
            onChange={(vcpus) => edit({ vcpus })}
          />
        </GridItem>
        <GridItem>
          <NumberField
            id="vm-memory"
            label="Memory (GiB)"
            required
            min={0.0625}
            step={1}
            value={draft.memoryGib}
            error={errors.memoryGib}
            warning={memoryWarning(draft, image)}
            onChange={(memoryGib) => edit({ memoryGib })}
          />
        </GridItem>
        {draft.firstDisk !== 'volume' && (
          <GridItem>
            <NumberField
              id="vm-disk"
              label="Disk size (GiB)"
              required
              min={image ? Math.max(1, gibCeil(leastBytes(image))) : 1}
              value={draft.diskGib}
              error={errors.diskGib}
              hint={image && `The image needs ${formatBytes(leastBytes(image))}.`}
              onChange={(diskGib) => edit({ diskGib })}
            />
          </GridItem>
        )}
      </Grid>
      <TuningFields
        id="vm-disk"
        at="disks[0]"
        tuning={draft.tuning}
        errors={errors}
        onChange={(tuning) => edit({ tuning })}
      />
      <FurtherDisks {...section} images={images} />
      <IsoField {...section} />
      {machine && image?.appliance ? (
        <MachineFields
          machine={machine}
          appliance={image.appliance}
          networks={known}
          error={errors.network}
          onChange={(changed) => edit({ machine: changed })}
        />
      ) : (
        <SelectField
          id="vm-network"
          label="Network"
          required
          value={draft.network}
          error={errors.network}
          choices={isKnown ? known : [{ value: draft.network, label: draft.network }, ...known]}
          onChange={(network) => edit({ network })}
        />
      )}
      <NicFields {...section} hasOne={(machine?.networks.length ?? 1) === 1} />
      <MachineSection {...section} hosts={hosts} />
      <SelectField
        id="vm-host"
        label="Host"
        value={draft.hostId}
        error={errors.hostId}
        choices={[{ value: '', label: 'Automatic: the host with the most room' }, ...hostChoices]}
        onChange={(hostId) => edit({ hostId })}
      />
    </FormSection>
  );
}
