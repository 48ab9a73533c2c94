import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { FormModal } from '../../core/form/FormModal';
import { tuningErrors } from '../create/hardwareRules';
import { TuningFields } from '../create/TuningFields';
import { changeDisk } from './diskRequests';
import type { DiskRow } from './diskRow';
import { tuningChanges, tuningOf } from './tuningEdit';

const FIELDS = ['bus', 'cache', 'discard', 'readIops', 'writeIops', 'readBytesPerSecond', 'writeBytesPerSecond'];

/** How the VM reaches a disk, and the most that it gets of it. */
export function EditDiskModal({ target: { vm, disk, name }, onClose }: ActionDialogProps<DiskRow>) {
  const [before] = useState(disk);
  const [typed, setTyped] = useState(() => tuningOf(disk));
  const changes = tuningChanges(before, typed);
  const wrong = tuningErrors(typed, 'disk');
  const ready = Object.keys(changes).length > 0 && Object.values(wrong).every((problem) => problem === undefined);
  return (
    <FormModal
      title={`Edit ${name}`}
      submitLabel="Save"
      ready={ready}
      fields={FIELDS}
      onSubmit={async () => {
        await changeDisk(vm, disk.volumeId, changes);
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p>
            Limits change at once. Another bus, cache or discard takes effect when the VM is next started (not by a
            reboot inside the guest).
          </p>
          <TuningFields
            id="edit-disk"
            at="disk"
            open
            withoutThread
            tuning={typed}
            errors={Object.fromEntries(
              FIELDS.map((field) => [`disk.${field}`, wrong[`disk.${field}`] ?? errorOf(field)]),
            )}
            onChange={setTyped}
          />
        </>
      )}
    </FormModal>
  );
}
