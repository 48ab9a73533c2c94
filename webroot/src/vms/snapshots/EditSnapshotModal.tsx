import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, ifUnchanged, once, unwrap } from '../../core/api/client';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { nameError } from '../../core/form/names';
import type { SnapshotOfVm } from './snapshotTree';

/** Changes what a snapshot is known by. */
export function EditSnapshotModal({ target: { vm, snapshot }, onClose }: ActionDialogProps<SnapshotOfVm>) {
  const [name, setName] = useState(snapshot.name);
  const [description, setDescription] = useState(snapshot.description);
  return (
    <FormModal
      title={`Edit the snapshot ${snapshot.name}`}
      submitLabel="Save"
      ready={nameError(name) === undefined}
      fields={['name', 'description']}
      onSubmit={async () => {
        await unwrap(
          api.PATCH('/vms/{vmId}/snapshots/{snapshotId}', {
            params: {
              path: { vmId: vm.id, snapshotId: snapshot.id },
              header: { ...once(), ...ifUnchanged(snapshot) },
            },
            body: { name, description },
          }),
        );
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="vm-snapshot-name"
            label="Name"
            required
            value={name}
            error={nameError(name) ?? errorOf('name')}
            onChange={setName}
          />
          <TextField
            id="vm-snapshot-description"
            label="Description"
            rows={3}
            value={description}
            error={errorOf('description')}
            onChange={setDescription}
          />
        </>
      )}
    </FormModal>
  );
}
