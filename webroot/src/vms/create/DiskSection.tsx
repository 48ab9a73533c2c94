import { FormSection, Grid, GridItem } from '@patternfly/react-core';
import type { Image } from '../../core/api/types';
import { formatBytes, gibCeil } from '../../core/format/bytes';
import { NumberField } from '../../core/form/fields';
import { machineOf } from './draft';
import { DriveFields } from './DriveFields';
import { FurtherDisks } from './FurtherDisks';
import { FirstDiskKind } from './FirstDiskKind';
import { MachineDisks } from './MachineDisks';
import { PoolChoice } from './PoolChoice';
import type { SectionProps } from './section';
import { TuningFields } from './TuningFields';
import { leastBytes } from './validate';

interface Props extends SectionProps {
  /** What the first disk begins as. */
  image: Image | undefined;
  images: readonly Image[];
  onImage: (image: Image) => void;
}

function FirstDisk({ image, images, onImage, ...section }: Props) {
  const { draft, errors, edit } = section;
  return (
    <FormSection title="First disk" titleElement="h3">
      <FirstDiskKind {...section} images={images} onImage={onImage} />
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
    </FormSection>
  );
}

/** What the VM begins as, its disks and its CD-ROM drives. */
export function DiskSection(props: Props) {
  const { image, images, ...section } = props;
  return (
    <>
      <FirstDisk {...props} />
      <FormSection title="Further disks" titleElement="h3">
        {machineOf(section.draft) && image?.appliance && <MachineDisks appliance={image.appliance} />}
        <FurtherDisks {...section} images={images} />
      </FormSection>
      <FormSection title="CD-ROM drives" titleElement="h3">
        <DriveFields {...section} />
      </FormSection>
    </>
  );
}
