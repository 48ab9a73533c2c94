import { Checkbox, Stack, StackItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { ConfirmModal } from '../../core/actions/ConfirmModal';
import { api, ifUnchanged, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';

const OFF: readonly Vm['powerState'][] = ['STOPPED', 'SUSPENDED', 'CRASHED'];

function staying(count: number): string {
  return count === 1
    ? 'The volume that was attached to it stays, with all that is on it.'
    : `The ${count} volumes that were attached to it stay, with all that is on them.`;
}

export function DeleteVmModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [keepDisks, setKeepDisks] = useState(false);
  const mustStop = !OFF.includes(vm.powerState) && vm.phase === 'READY';
  const attached = vm.disks.filter((disk) => disk.attached).length;

  // A running VM changes its version by itself, so that only a stopped one is compared with what was read.
  const remove = async (): Promise<void> => {
    await unwrap(
      api.DELETE('/vms/{vmId}', {
        params: {
          path: { vmId: vm.id },
          query: { keepDisks, force: mustStop },
          header: mustStop ? {} : ifUnchanged(vm),
        },
      }),
    );
  };
  return (
    <ConfirmModal
      danger
      title={`Delete ${vm.name}?`}
      confirmLabel={mustStop ? 'Stop and delete' : 'Delete'}
      onConfirm={remove}
      onClose={onClose}
      body={
        <Stack hasGutter>
          <StackItem>
            {vm.powerState === 'SUSPENDED' && 'Its saved memory is lost. '}
            {mustStop && 'It is running and will be stopped at once. '}
            {keepDisks ? 'Its disks stay as volumes without a VM.' : 'The data on its own disks is lost for good.'}
          </StackItem>
          {attached > 0 && <StackItem>{staying(attached)}</StackItem>}
          <StackItem>
            <Checkbox
              id="delete-keep-disks"
              label="Keep the disks"
              isChecked={keepDisks}
              onChange={(_event, checked) => setKeepDisks(checked)}
            />
          </StackItem>
        </Stack>
      }
    />
  );
}
