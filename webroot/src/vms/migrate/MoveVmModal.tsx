import { FormGroup, Radio } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { MoveDisksModal } from '../moves/MoveDisksModal';
import { MigrateModal } from './MigrateModal';
import { whenMovable } from './movable';

/** Asks whether a VM is to change its host or its storage, and then how. */
export function MoveVmModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const movable = whenMovable(vm);
  const [toHost, setToHost] = useState(movable.available);
  const choice = (
    <FormGroup role="radiogroup" label="What is changed" fieldId="migrate-what">
      <Radio
        id="migrate-host-only"
        name="migrate-what"
        label="Change host"
        description={movable.available || toHost ? 'It goes on running on another host.' : movable.reason}
        isDisabled={!movable.available && !toHost}
        isChecked={toHost}
        onChange={() => setToHost(true)}
      />
      <Radio
        id="migrate-storage-only"
        name="migrate-what"
        label="Change storage"
        description="It stays on its host, and its disks go to another pool."
        isChecked={!toHost}
        onChange={() => setToHost(false)}
      />
    </FormGroup>
  );
  return toHost ? (
    <MigrateModal target={vm} head={choice} onClose={onClose} />
  ) : (
    <MoveDisksModal vm={vm} title={`Migrate ${vm.name}`} submitLabel="Migrate" head={choice} onClose={onClose} />
  );
}
