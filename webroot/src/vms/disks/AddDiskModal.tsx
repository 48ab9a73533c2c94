import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { FormModal } from '../../core/form/FormModal';
import { NumberField, SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { pools } from '../../storage/storage';
import { addNewDisk } from './diskRequests';

/** Makes an empty disk and gives it to the VM, which may be running. */
export function AddDiskModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [gib, setGib] = useState(10);
  const [poolId, setPoolId] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const here = (useList(pools).data ?? []).filter((pool) =>
    pool.hosts.some((host) => host.hostId === vm.hostId && host.usable),
  );
  return (
    <FormModal
      title={`Add a disk to ${vm.name}`}
      submitLabel="Add"
      ready={gib > 0}
      fields={['sizeBytes', 'poolId']}
      onSubmit={async () => {
        const wish = { sizeBytes: Math.round(gib * GIB), ...(poolId === '' ? {} : { poolId }) };
        await addNewDisk(vm.id, wish, key);
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <NumberField
            id="add-disk-size"
            label="Size (GiB)"
            required
            min={1}
            value={gib}
            error={gib > 0 ? errorOf('sizeBytes') : 'A size is needed.'}
            hint="It begins empty, and is deleted with the VM unless its disks are kept."
            onChange={setGib}
          />
          <SelectField
            id="add-disk-pool"
            label="Pool"
            value={poolId}
            error={errorOf('poolId')}
            choices={[{ value: '', label: 'Automatic' }, ...here.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={setPoolId}
          />
        </>
      )}
    </FormModal>
  );
}
