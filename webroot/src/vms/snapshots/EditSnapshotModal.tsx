import type { ActionDialogProps } from '../../core/actions/action';
import { api, ifUnchanged, once, unwrap } from '../../core/api/client';
import { SnapshotModal } from './SnapshotModal';
import type { SnapshotOfVm } from './snapshotTree';

/** Changes what a snapshot is known by. */
export function EditSnapshotModal({ target: { vm, snapshot }, onClose }: ActionDialogProps<SnapshotOfVm>) {
  const path = { vmId: vm.id, snapshotId: snapshot.id };
  return (
    <SnapshotModal
      title={`Edit the snapshot ${snapshot.name}`}
      submitLabel="Save"
      first={snapshot}
      onSubmit={async (body) => {
        const params = { path, header: { ...once(), ...ifUnchanged(snapshot) } };
        await unwrap(api.PATCH('/vms/{vmId}/snapshots/{snapshotId}', { params, body }));
      }}
      onClose={onClose}
    />
  );
}
