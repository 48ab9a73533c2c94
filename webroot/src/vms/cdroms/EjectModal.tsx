import { Stack, StackItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { ConfirmModal } from '../../core/actions/ConfirmModal';
import { changeMedium, driveName, type Drive } from './drive';
import { ForceField } from './ForceField';

/** Takes out what is in a drive. */
export function EjectModal({ target: drive, onClose }: ActionDialogProps<Drive>) {
  const [force, setForce] = useState(false);
  return (
    <ConfirmModal
      danger={force}
      title={`Eject ${drive.medium} from ${driveName(drive)} of ${drive.vm.name}?`}
      confirmLabel="Eject"
      onConfirm={async () => {
        await changeMedium(drive.vm, drive.number, null, force);
      }}
      onClose={onClose}
      body={
        <Stack hasGutter>
          <StackItem>
            The image stays in the library. A guest that has mounted it has locked the drive and keeps it.
          </StackItem>
          <StackItem>
            <ForceField value={force} onChange={setForce} />
          </StackItem>
        </Stack>
      }
    />
  );
}
