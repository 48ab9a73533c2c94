import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import { AutostartFields } from './AutostartFields';
import { BootOrderFields } from './BootOrderFields';
import { ClipboardField } from './ClipboardField';
import { bootDevices, settingsChanges, settingsOf, settingsProblem, type Settings } from './settings';
import { useSaveVm } from './useSaveVm';

/** By what people find a VM, what it boots from, and whether its console shares a clipboard with it. */
export function EditSettingsModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const { before, save } = useSaveVm(vm);
  const [typed, setTyped] = useState(() => settingsOf(vm));
  const edit = (change: Partial<Settings>): void => setTyped((now) => ({ ...now, ...change }));
  const changes = settingsChanges(before, typed);
  return (
    <FormModal
      title={`Edit settings of ${before.name}`}
      submitLabel="Save"
      ready={Object.keys(changes).length > 0 && settingsProblem(typed) === undefined}
      fields={['name', 'description', 'folder', 'labels', 'bootOrder', 'autostart.order', 'autostart.delaySeconds']}
      onSubmit={() => save(changes)}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="edit-vm-name"
            label="Name"
            required
            value={typed.name}
            error={nameError(typed.name) ?? errorOf('name')}
            hint="libvirt's name of the domain and the host name inside the guest stay as they are."
            onChange={(name) => edit({ name })}
          />
          <TextField
            id="edit-vm-description"
            label="Description"
            rows={3}
            value={typed.description}
            error={errorOf('description')}
            onChange={(description) => edit({ description })}
          />
          <TextField
            id="edit-vm-folder"
            label="Folder"
            value={typed.folder}
            error={errorOf('folder')}
            hint={'Names with "/" between them, as in team/web.'}
            onChange={(folder) => edit({ folder })}
          />
          <TextField
            id="edit-vm-labels"
            label="Labels"
            rows={3}
            mono
            value={typed.labels}
            error={errorOf('labels')}
            hint="One a line, as in env=test."
            onChange={(labels) => edit({ labels })}
          />
          <BootOrderFields
            id="edit-vm-boot"
            devices={bootDevices(before)}
            order={typed.bootOrder}
            error={errorOf('bootOrder')}
            hint="Another order takes effect when the VM is next started."
            onChange={(bootOrder) => edit({ bootOrder })}
          />
          <ClipboardField
            id="edit-vm-clipboard"
            isShared={typed.clipboard}
            hint="A change takes effect when the VM is next started."
            onChange={(clipboard) => edit({ clipboard })}
          />
          <AutostartFields start={typed.start} errorOf={errorOf} onChange={(start) => edit({ start })} />
        </>
      )}
    </FormModal>
  );
}
