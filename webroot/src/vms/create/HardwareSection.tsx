import { FormSection, Grid, GridItem } from '@patternfly/react-core';
import type { Host, Image } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { NumberField, SelectField } from '../../core/form/fields';
import { memoryWarning } from './draft';
import { MachineSection } from './MachineSection';
import type { SectionProps } from './section';

interface Props extends SectionProps {
  image: Image | undefined;
  hosts: readonly Host[];
}

function hostLabel(host: Host): string {
  if (host.state !== 'UP') return `${host.name} (${host.state.toLowerCase()})`;
  return `${host.name} (${formatBytes(host.memoryFreeBytes)} free)`;
}

export function HardwareSection({ draft, errors, edit, image, hosts }: Props) {
  const section = { draft, errors, edit };
  const hostChoices = hosts.map((host) => ({
    value: host.id,
    label: hostLabel(host),
    disabled: host.state !== 'UP',
  }));
  return (
    <FormSection title="Processor and memory" titleElement="h2">
      <Grid hasGutter sm={12} md={6}>
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
      </Grid>
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
