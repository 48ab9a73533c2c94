import { Button, FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import type { Image } from '../../core/api/types';
import { gibCeil } from '../../core/format/bytes';
import { NumberField, SelectField } from '../../core/form/fields';
import { withoutDevice } from './devices';
import { ownDisks } from './draft';
import { NEW_DISK, type DiskKind, type FurtherDisk } from './hardware';
import { PoolChoice } from './PoolChoice';
import type { SectionProps } from './section';
import { TuningFields } from './TuningFields';
import { VolumeChoice } from './VolumeChoice';

const KINDS = [
  { value: 'empty', label: 'New and empty' },
  { value: 'image', label: 'New, from an image' },
  { value: 'volume', label: 'A volume that is there' },
];

interface DiskProps {
  number: number;
  disk: FurtherDisk;
  images: readonly Image[];
  errors: SectionProps['errors'];
  onChange: (disk: FurtherDisk) => void;
}

function DiskFields({ number, disk, images, errors, onChange }: DiskProps) {
  const set = (change: Partial<FurtherDisk>): void => onChange({ ...disk, ...change });
  const id = `vm-disk-${number}`;
  const at = `disks[${number}]`;
  const choose = (imageId: string): void => {
    const image = images.find((candidate) => candidate.id === imageId);
    set({ imageId, sizeGib: Math.max(disk.sizeGib || 0, gibCeil(image?.virtualSizeBytes ?? 0)) });
  };
  return (
    <>
      <SelectField
        id={`${id}-kind`}
        label="What it begins as"
        value={disk.kind}
        choices={KINDS}
        onChange={(kind) => set({ kind: kind as DiskKind })}
      />
      {disk.kind === 'image' && (
        <SelectField
          id={`${id}-image`}
          label="Image of the disk"
          required
          value={disk.imageId}
          error={errors[`${at}.imageId`]}
          choices={[
            { value: '', label: 'Choose an image', disabled: true },
            ...images.filter(({ appliance }) => !appliance).map(({ id: value, name }) => ({ value, label: name })),
          ]}
          onChange={choose}
        />
      )}
      {disk.kind === 'volume' ? (
        <VolumeChoice
          id={`${id}-volume`}
          value={disk.volumeId}
          error={errors[`${at}.volumeId`]}
          onChange={(volumeId) => set({ volumeId })}
        />
      ) : (
        <>
          <NumberField
            id={`${id}-size`}
            label="Size (GiB)"
            required
            min={1}
            value={disk.sizeGib}
            error={errors[`${at}.sizeBytes`]}
            onChange={(sizeGib) => set({ sizeGib })}
          />
          <PoolChoice
            id={`${id}-pool`}
            value={disk.poolId}
            error={errors[`${at}.poolId`]}
            onChange={(poolId) => set({ poolId })}
          />
        </>
      )}
      <TuningFields id={id} at={at} tuning={disk.tuning} errors={errors} onChange={(tuning) => set({ tuning })} />
    </>
  );
}

/** The disks behind the first one. */
export function FurtherDisks({ draft, errors, edit, images }: SectionProps & { images: readonly Image[] }) {
  const disks = draft.furtherDisks;
  const put = (at: number, disk: FurtherDisk): void => edit({ furtherDisks: disks.with(at, disk) });
  const remove = (at: number): void =>
    edit({
      furtherDisks: disks.toSpliced(at, 1),
      hardware: {
        ...draft.hardware,
        bootOrder: withoutDevice(draft.hardware.bootOrder, 'disk', 1 + ownDisks(draft) + at),
      },
    });
  return (
    <>
      {disks.map((disk, i) => (
        <FormFieldGroup
          key={i}
          header={
            <FormFieldGroupHeader
              titleText={{ text: `Further disk ${i + 1}`, id: `vm-disk-${i + 1}-title` }}
              actions={
                <Button
                  variant="plain"
                  icon={<TrashIcon />}
                  aria-label={`Remove further disk ${i + 1}`}
                  onClick={() => remove(i)}
                />
              }
            />
          }
        >
          <DiskFields
            number={i + 1}
            disk={disk}
            images={images}
            errors={errors}
            onChange={(changed) => put(i, changed)}
          />
        </FormFieldGroup>
      ))}
      <div>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => edit({ furtherDisks: [...disks, NEW_DISK] })}
        >
          Add a disk
        </Button>
      </div>
    </>
  );
}
