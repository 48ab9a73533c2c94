import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { vmRequest } from '../actions/common';
import { isOn } from '../isOn';
import { SnapshotModal } from './SnapshotModal';

const NOTHING = { name: '', description: '' };

/** What is said of freezing, as far as it is known beforehand whether the guest's agent would. */
function freezing(vm: Vm, memory: boolean): string {
  if (memory) return 'Not needed: what the guest has not written to its disks yet is in its memory.';
  if (!isOn(vm)) return 'The VM is off, so its disks are as its guest left them.';
  return vm.guest?.answered
    ? 'The guest’s agent freezes its file systems for the moment. Whether it did is said of the snapshot.'
    : 'The guest’s agent does not answer now. Without it the disks are as after a power cut.';
}

function keeping(vm: Vm): string {
  if (!isOn(vm)) return 'The VM is off, so it has none.';
  if (vm.pending.length > 0) return 'Changes of the VM wait for its next start. Start it anew first.';
  return `Reverting has the guest go on from there. Up to ${formatBytes(vm.memoryBytes)} are written on its host; the guest goes on meanwhile, but stands still where its disks lie in Ceph or LVM.`;
}

/** Keeps what all disks of a VM hold, and its memory where that is wanted. */
export function TakeSnapshotModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [quiesce, setQuiesce] = useState(true);
  const [memory, setMemory] = useState(false);
  return (
    <SnapshotModal
      title={`Take a snapshot of ${vm.name}`}
      submitLabel="Take snapshot"
      first={NOTHING}
      hint="It keeps what all disks of the VM hold at one moment, and its settings."
      onSubmit={async (words) => {
        const body = { ...words, memory, quiesce: quiesce && !memory };
        await unwrap(api.POST('/vms/{vmId}/snapshots', { ...vmRequest(vm), body }));
      }}
      onClose={onClose}
    >
      <FormGroup role="group" aria-label="The guest at that moment">
        <Checkbox
          id="vm-snapshot-memory"
          label="Keep the guest’s memory"
          description={keeping(vm)}
          isChecked={memory}
          isDisabled={!isOn(vm) || vm.pending.length > 0}
          onChange={(_event, wanted) => setMemory(wanted)}
        />
        <Checkbox
          id="vm-snapshot-quiesce"
          label="Freeze the guest’s file systems"
          description={freezing(vm, memory)}
          isChecked={quiesce && !memory}
          isDisabled={!isOn(vm) || memory}
          onChange={(_event, wanted) => setQuiesce(wanted)}
        />
      </FormGroup>
    </SnapshotModal>
  );
}
