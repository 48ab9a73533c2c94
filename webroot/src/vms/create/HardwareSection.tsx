import { Grid, GridItem } from '@patternfly/react-core';
import type { Host, Image } from '../../core/api/types';
import { NumberField } from '../../core/form/fields';
import { memoryWarning } from './draft';
import { MachineSection } from './MachineSection';
import type { SectionProps } from './section';

interface Props extends SectionProps {
  image: Image | undefined;
  hosts: readonly Host[];
}

export function HardwareSection({ draft, errors, edit, image, hosts }: Props) {
  const section = { draft, errors, edit };
  return (
    <>
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
    </>
  );
}
