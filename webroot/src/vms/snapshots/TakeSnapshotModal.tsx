import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { nameError } from '../../core/form/names';
import { vmRequest } from '../actions/common';
import { isOn } from '../isOn';

/** What is said of freezing, as far as it is known beforehand whether the guest's agent would. */
function freezing(vm: Vm): string {
  if (!isOn(vm)) return 'The VM is off, so its disks are as its guest left them.';
  return vm.guest?.answered
    ? 'The guest’s agent freezes its file systems for the moment. Whether it did is said of the snapshot.'
    : 'The guest’s agent does not answer now. Without it the disks are as after a power cut.';
}

/** Keeps what all disks of a VM hold. */
export function TakeSnapshotModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [quiesce, setQuiesce] = useState(true);
  return (
    <FormModal
      title={`Take a snapshot of ${vm.name}`}
      submitLabel="Take snapshot"
      ready={nameError(name) === undefined}
      fields={['name', 'description']}
      onSubmit={async () => {
        await unwrap(api.POST('/vms/{vmId}/snapshots', { ...vmRequest(vm), body: { name, description, quiesce } }));
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
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            hint="It keeps what all disks of the VM hold at one moment, not its memory and not its settings."
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
          <FormGroup role="group" aria-label="The guest at that moment">
            <Checkbox
              id="vm-snapshot-quiesce"
              label="Freeze the guest’s file systems"
              description={freezing(vm)}
              isChecked={quiesce}
              isDisabled={!isOn(vm)}
              onChange={(_event, wanted) => setQuiesce(wanted)}
            />
          </FormGroup>
        </>
      )}
    </FormModal>
  );
}
