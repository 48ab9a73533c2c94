import { Checkbox, FormGroup } from '@patternfly/react-core';
import type { DiskTargets } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { canLeave } from './moves';

interface Props {
  disks: readonly DiskTargets[];
  /** Their volumes. */
  chosen: readonly string[];
  onChoose: (volumeIds: readonly string[]) => void;
}

/** Which disks are to be moved; those that cannot be say why. */
export function DiskChoice({ disks, chosen, onChoose }: Props) {
  return (
    <FormGroup role="group" label="Disks" fieldId="move-disks" isRequired>
      {disks.map((disk) => (
        <Checkbox
          key={disk.volumeId}
          id={`move-${disk.volumeId}`}
          label={`${disk.name}, ${formatBytes(disk.sizeBytes)}, in ${disk.poolName}`}
          description={canLeave(disk) ? undefined : disk.obstacles.join(' ')}
          isDisabled={!canLeave(disk)}
          isChecked={chosen.includes(disk.volumeId)}
          onChange={(_event, checked) =>
            onChoose(checked ? [...chosen, disk.volumeId] : chosen.filter((volumeId) => volumeId !== disk.volumeId))
          }
        />
      ))}
    </FormGroup>
  );
}
