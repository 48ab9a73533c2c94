import { Checkbox, FormGroup, Radio } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import type { CloneVm, Vm } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { isOn } from '../isOn';
import type { CloneFieldsProps } from './section';

const KINDS: readonly { value: CloneVm['kind']; label: string; description: string }[] = [
  {
    value: 'FULL',
    label: 'Full clone',
    description: 'Has all bytes of its own. It takes the time and the room of a copy, and stays when the source goes.',
  },
  {
    value: 'LINKED',
    label: 'Linked clone',
    description:
      'Stands on the source’s disks and keeps only what differs. It is there at once; the source cannot be deleted before it.',
  },
];

function useSnapshots(vm: Vm) {
  return useQuery({
    queryKey: ['vm-snapshots', vm.id, vm.changedAt, vm.activeTaskId],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/snapshots', { params: { path: { vmId: vm.id } } })),
  }).data?.items;
}

function QuiesceField({ vm, draft, edit }: CloneFieldsProps) {
  return (
    <FormGroup role="group" aria-label="The guest at that moment">
      <Checkbox
        id="clone-quiesce"
        label="Freeze the guest’s file systems"
        description={
          vm.guest?.answered
            ? 'The guest’s agent freezes them for the moment in which its disks are kept.'
            : 'The guest’s agent does not answer now. Without it the disks are as after a power cut.'
        }
        isChecked={draft.quiesce}
        onChange={(_event, quiesce) => edit({ quiesce })}
      />
    </FormGroup>
  );
}

/** What a clone begins with, and whether it goes on standing on that. */
export function CloneOrigin(section: CloneFieldsProps) {
  const { vm, draft, errors, edit } = section;
  const whole = (useSnapshots(vm) ?? []).filter(({ state }) => state === 'READY');
  return (
    <>
      <FormGroup role="radiogroup" label="Kind" fieldId="clone-kind" isStack>
        {KINDS.map(({ value, label, description }) => (
          <Radio
            key={value}
            id={`clone-${value.toLowerCase()}`}
            name="clone-kind"
            label={label}
            description={description}
            isChecked={draft.kind === value}
            onChange={() => edit({ kind: value })}
          />
        ))}
      </FormGroup>
      <SelectField
        id="clone-from"
        label="From"
        value={draft.snapshotId}
        error={errors['snapshotId']}
        choices={[
          { value: '', label: isOn(vm) ? 'What it holds now; it goes on running' : 'What it holds now' },
          ...whole.map(({ id, name }) => ({ value: id, label: `The snapshot ${name}` })),
        ]}
        onChange={(snapshotId) => edit({ snapshotId })}
      />
      {draft.snapshotId === '' && isOn(vm) && <QuiesceField {...section} />}
    </>
  );
}
