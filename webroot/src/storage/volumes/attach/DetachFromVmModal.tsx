import { Radio, Stack, StackItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { ConfirmModal } from '../../../core/actions/ConfirmModal';
import { detachVolume } from '../../../vms/disks/diskRequests';
import { beforeDetaching } from '../../../vms/disks/diskRules';
import { userName, type VolumeRow, type VolumeUser } from '../volumeState';
import { whyNotFrom } from './attachable';

interface ChoiceProps extends Pick<VolumeRow, 'users' | 'volume'> {
  chosen: VolumeUser | undefined;
  onChoose: (vmId: string) => void;
}

function Choice({ volume, users, chosen, onChoose }: ChoiceProps) {
  return (
    <div role="radiogroup" aria-label="The VM to take it from" className="lqx-stack">
      {users.map((user) => {
        const reason = whyNotFrom(user, volume.id);
        return (
          <Radio
            key={user.vmId}
            id={`detach-${user.vmId}`}
            name="detach-from"
            label={userName(user)}
            description={reason}
            isDisabled={reason !== undefined}
            isChecked={user === chosen}
            onChange={() => onChoose(user.vmId)}
          />
        );
      })}
    </div>
  );
}

/** Takes the volume from the VM that has it, or from one of them. */
export function DetachFromVmModal({ target: { volume, users }, onClose }: ActionDialogProps<VolumeRow>) {
  const [vmId, setVmId] = useState<string>();
  const possible = users.filter((user) => whyNotFrom(user, volume.id) === undefined);
  const chosen = possible.find((user) => user.vmId === vmId) ?? possible[0];
  const several = users.length > 1;

  const detach = async (): Promise<void> => {
    if (chosen) await detachVolume(chosen.vmId, volume.id);
  };
  return (
    <ConfirmModal
      danger
      title={`Detach ${volume.name}${!several && chosen ? ` from ${userName(chosen)}` : ''}?`}
      confirmLabel="Detach"
      onConfirm={detach}
      onClose={onClose}
      body={
        <Stack hasGutter>
          {several && (
            <StackItem>
              <Choice volume={volume} users={users} chosen={chosen} onChoose={setVmId} />
            </StackItem>
          )}
          <StackItem>{beforeDetaching(chosen?.vm)}</StackItem>
        </Stack>
      }
    />
  );
}
