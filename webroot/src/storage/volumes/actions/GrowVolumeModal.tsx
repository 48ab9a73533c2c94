import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { api, ifUnchanged, once, unwrap } from '../../../core/api/client';
import { formatBytes, GIB, gibCeil } from '../../../core/format/bytes';
import { FormModal } from '../../../core/form/FormModal';
import { NumberField } from '../../../core/form/fields';
import type { VolumeRow } from '../volumeState';

export function GrowVolumeModal({ target: { volume }, onClose }: ActionDialogProps<VolumeRow>) {
  const least = gibCeil(volume.sizeBytes + 1);
  const [gib, setGib] = useState(least);
  const sizeBytes = Math.round(gib * GIB);
  const bigger = sizeBytes > volume.sizeBytes;
  const submit = async (): Promise<void> => {
    await unwrap(
      api.POST('/volumes/{volumeId}/resize', {
        params: { path: { volumeId: volume.id }, header: { ...ifUnchanged(volume), ...once() } },
        body: { sizeBytes },
      }),
    );
  };
  return (
    <FormModal
      title={`Grow ${volume.name}`}
      submitLabel="Grow"
      ready={bigger}
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
          error={bigger ? errorOf('sizeBytes') : `It has ${formatBytes(volume.sizeBytes)} and can only grow.`}
          hint={`It has ${formatBytes(volume.sizeBytes)}. The guest's file system has to be grown inside the guest.`}
          onChange={setGib}
        />
      )}
    </FormModal>
  );
}
