import { Checkbox, Stack, StackItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { ConfirmModal } from '../../core/actions/ConfirmModal';
import type { Vm } from '../../core/api/types';
import { mustStop, removeVm } from './removeVm';

function staying(count: number): string {
  return count === 1
    ? 'The volume that was attached to it stays, with all that is on it.'
    : `The ${count} volumes that were attached to it stay, with all that is on them.`;
}

export function DeleteVmModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [keepDisks, setKeepDisks] = useState(false);
  const stops = mustStop(vm);
  const attached = vm.disks.filter((disk) => disk.attached).length;
  const remove = async (): Promise<void> => {
    await removeVm(vm, keepDisks);
  };
  return (
    <ConfirmModal
      danger
      title={`Delete ${vm.name}?`}
      confirmLabel={stops ? 'Stop and delete' : 'Delete'}
      onConfirm={remove}
      onClose={onClose}
      body={
        <Stack hasGutter>
          <StackItem>
            {vm.powerState === 'SUSPENDED' && 'Its saved memory is lost. '}
            {stops && 'It is running and will be stopped at once. '}
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
