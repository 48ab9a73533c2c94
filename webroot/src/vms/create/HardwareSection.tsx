import { FormSection, Grid, GridItem } from '@patternfly/react-core';
import type { Host, Image, Network } from '../../core/api/types';
import { formatBytes, gibCeil } from '../../core/format/bytes';
import { NumberField, SelectField } from '../../core/form/fields';
import { memoryWarning } from './draft';
import { MachineFields } from './MachineFields';
import type { SectionProps } from './section';
import { leastBytes } from './validate';

interface Props extends SectionProps {
  image: Image | undefined;
  hosts: readonly Host[];
  networks: readonly Network[];
}

function hostLabel(host: Host): string {
  if (host.state !== 'UP') return `${host.name} (${host.state.toLowerCase()})`;
  return `${host.name} (${formatBytes(host.memoryFreeBytes)} free)`;
}

function networkLabel(network: Network): string {
  return network.hosts.some((host) => host.active) ? network.name : `${network.name} (not active)`;
}

export function HardwareSection({ draft, errors, edit, image, hosts, networks }: Props) {
  const hostChoices = hosts.map((host) => ({
    value: host.id,
    label: hostLabel(host),
    disabled: host.state !== 'UP',
  }));
  const known = networks.map((network) => ({ value: network.name, label: networkLabel(network) }));
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
      </Grid>
      {draft.machine && image?.appliance ? (
        <MachineFields
          machine={draft.machine}
          appliance={image.appliance}
          networks={known}
          error={errors.network}
          onChange={(machine) => edit({ machine })}
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
