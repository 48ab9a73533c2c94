import { Alert, Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { VmSnapshot } from '../../core/api/types';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { nameError } from '../../core/form/names';
import { formatTime } from '../../core/format/time';
import { isOn } from '../isOn';
import { SettingsDifferences } from './SettingsDifferences';
import type { SnapshotOfVm } from './snapshotTree';

/** A name that no other snapshot is likely to have. */
export function nameOfPresent(now: Date): string {
  return `before-revert-${now.toISOString().slice(0, 16).replace('T', '-').replace(':', '.')}`;
}

function whatHappens(snapshot: VmSnapshot, disksOnly: boolean, keep: boolean): string {
  const when = formatTime(snapshot.createdAt);
  const lost = keep
    ? `Its disks go back to what they held at ${when}. Disks that it got later stay as they are.`
    : `Everything that was written to its disks since ${when} and is in no later snapshot is lost for good. Disks that it got later stay as they are.`;
  if (snapshot.memoryBytes === undefined) return lost;
  return disksOnly
    ? `${lost} The VM stays off, and its disks are as after a power cut.`
    : `${lost} The guest goes on at once from its memory of that moment.`;
}

interface Props extends ActionDialogProps<SnapshotOfVm> {
  /** Whether its guest does not go on from the memory that was kept. */
  disksOnly?: boolean;
}

/** Asks how a VM is to be brought back to a snapshot. */
export function RevertModal({ target, onClose, disksOnly = false }: Props) {
  const { vm, snapshot } = target;
  const [keep, setKeep] = useState(true);
  const [name, setName] = useState(() => nameOfPresent(new Date()));
  const [settings, setSettings] = useState(false);
  const stop = isOn(vm);
  const submit = async (): Promise<void> => {
    const path = { vmId: vm.id, snapshotId: snapshot.id };
    const params = { path, query: disksOnly ? { memory: false } : {}, header: once() };
    const body = { settings, stop, ...(keep ? { keepCurrent: name } : {}) };
    await unwrap(api.POST('/vms/{vmId}/snapshots/{snapshotId}/revert', { params, body }));
  };
  const what = disksOnly ? `the disks of ${vm.name}` : vm.name;
  return (
    <FormModal
      title={`Bring ${what} back to ${snapshot.name}?`}
      submitLabel={`${stop ? 'Stop and revert' : 'Revert'}${disksOnly ? ' the disks' : ''}`}
      danger
      ready={!keep || nameError(name) === undefined}
      fields={['name']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p className="lqx-break">{whatHappens(snapshot, disksOnly, keep)}</p>
          {stop && (
            <Alert component="p" variant="warning" isInline title={`${vm.name} is on and is forced to stop first`}>
              As if its plug were pulled: what its guest has not written to its disks is lost. Shut it down first if
              that matters.
            </Alert>
          )}
          <FormGroup role="group" aria-label="Whether the present state is kept">
            <Checkbox
              id="vm-revert-keep"
              label="Keep the present state as a snapshot first"
              description={
                keep
                  ? 'Of its disks and settings, not of its memory. Where that fails, nothing is reverted.'
                  : 'What the disks hold now is lost.'
              }
              isChecked={keep}
              onChange={(_event, wanted) => setKeep(wanted)}
            />
          </FormGroup>
          {keep && (
            <TextField
              id="vm-revert-keep-name"
              label="Name of that snapshot"
              required
              value={name}
              error={nameError(name) ?? errorOf('name')}
              onChange={setName}
            />
          )}
          <FormGroup role="group" aria-label="Whether its settings come back">
            <SettingsDifferences {...target} isWanted={settings} onChange={setSettings} />
          </FormGroup>
        </>
      )}
    </FormModal>
  );
}

/** The same for a guest that is not to go on with what it did then. */
export function RevertDisksModal(props: ActionDialogProps<SnapshotOfVm>) {
  return <RevertModal {...props} disksOnly />;
}
