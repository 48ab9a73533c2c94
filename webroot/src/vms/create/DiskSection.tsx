import { FormSection, Grid, GridItem } from '@patternfly/react-core';
import type { Image } from '../../core/api/types';
import { formatBytes, gibCeil } from '../../core/format/bytes';
import { NumberField } from '../../core/form/fields';
import { machineOf } from './draft';
import { DriveFields } from './DriveFields';
import { FurtherDisks } from './FurtherDisks';
import { MachineFields } from './MachineFields';
import { PoolChoice } from './PoolChoice';
import type { SectionProps } from './section';
import { TuningFields } from './TuningFields';
import { leastBytes } from './validate';

interface Props extends SectionProps {
  /** What the first disk begins as. */
  image: Image | undefined;
  images: readonly Image[];
}

/** The disks and CD-ROM drives. */
export function DiskSection({ image, images, ...section }: Props) {
  const { draft, errors, edit } = section;
  const machine = machineOf(draft);
  return (
    <FormSection title="Disks" titleElement="h2">
      {draft.firstDisk !== 'volume' && (
        <Grid hasGutter sm={12} md={6}>
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
          <GridItem>
            <PoolChoice
              id="vm-disk-pool"
              value={draft.poolId}
              error={errors.poolId}
              onChange={(poolId) => edit({ poolId })}
            />
          </GridItem>
        </Grid>
      )}
      <TuningFields
        id="vm-disk"
        at="disks[0]"
        tuning={draft.tuning}
        errors={errors}
        onChange={(tuning) => edit({ tuning })}
      />
      {machine && image?.appliance && (
        <MachineFields
          machine={machine}
          appliance={image.appliance}
          onChange={(changed) => edit({ machine: changed })}
        />
      )}
      <FurtherDisks {...section} images={images} />
      <DriveFields {...section} />
    </FormSection>
  );
}
