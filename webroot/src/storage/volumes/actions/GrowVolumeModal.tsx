import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { formatBytes, gibCeil } from '../../../core/format/bytes';
import { FormModal } from '../../../core/form/FormModal';
import { NumberField } from '../../../core/form/fields';
import { growTo, newSize } from '../grow';
import type { VolumeRow } from '../volumeState';

export function GrowVolumeModal({ target: { volume }, onClose }: ActionDialogProps<VolumeRow>) {
  const least = gibCeil(volume.sizeBytes + 1);
  const [gib, setGib] = useState(least);
  const { sizeBytes, problem } = newSize(volume, gib);
  const submit = async (): Promise<void> => {
    await growTo(volume, sizeBytes);
  };
  return (
    <FormModal
      title={`Grow ${volume.name}`}
      submitLabel="Grow"
      ready={problem === undefined}
      fields={['sizeBytes']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <NumberField
          id="grow-size"
          label="New size (GiB)"
          required
          min={least}
          value={gib}
          error={problem ?? errorOf('sizeBytes')}
          hint={`It has ${formatBytes(volume.sizeBytes)}. The guest's file system has to be grown inside the guest.`}
          onChange={setGib}
        />
      )}
    </FormModal>
  );
}
