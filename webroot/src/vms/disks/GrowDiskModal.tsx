import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { formatBytes, GIB, gibCeil } from '../../core/format/bytes';
import { FormModal } from '../../core/form/FormModal';
import { NumberField } from '../../core/form/fields';
import { changeDisk } from './diskRequests';
import type { DiskRow } from './diskRow';

/** Makes a disk larger, also under a running guest. */
export function GrowDiskModal({ target: { vm, disk, name, sizeBytes }, onClose }: ActionDialogProps<DiskRow>) {
  const least = gibCeil(sizeBytes + 1);
  const [gib, setGib] = useState(least);
  const wanted = Math.round(gib * GIB);
  const problem = wanted > sizeBytes ? undefined : `It has ${formatBytes(sizeBytes)} and can only grow.`;
  return (
    <FormModal
      title={`Grow ${name}`}
      submitLabel="Grow"
      ready={problem === undefined}
      fields={['sizeBytes']}
      onSubmit={async () => {
        await changeDisk(vm, disk.volumeId, { sizeBytes: wanted });
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <NumberField
          id="grow-disk-size"
          label="New size (GiB)"
          required
          min={least}
          value={gib}
          error={problem ?? errorOf('sizeBytes')}
          hint={`It has ${formatBytes(sizeBytes)}. A running guest sees it at once; its file system has to be grown inside the guest.`}
          onChange={setGib}
        />
      )}
    </FormModal>
  );
}
