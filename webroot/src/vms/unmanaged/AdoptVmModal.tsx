import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { UnmanagedVm } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import { parseLabels } from '../create/hardware';
import { organisationErrors } from '../create/hardwareRules';

/** A name like libvirt's, as far as that can be one. */
const suggestion = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);

function Happening({ vm }: { vm: UnmanagedVm }) {
  const off = vm.state === 'STOPPED' || vm.state === 'CRASHED';
  return (
    <p>
      {off ? 'It stays off. ' : 'It runs on, without a restart. '}
      Its disks stay where they are; each file gets a second name in a pool, and loses its former one when the virtual
      machine has been off.
      {!off && ' Until its next start there is no console, snapshot, clone or migration of it.'}
    </p>
  );
}

export function AdoptVmModal({ target: vm, onClose }: ActionDialogProps<UnmanagedVm>) {
  const [name, setName] = useState(suggestion(vm.name));
  const [folder, setFolder] = useState('');
  const [labels, setLabels] = useState('');
  const errors = organisationErrors(folder, labels);
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    const body = { name, labels: parseLabels(labels), ...(folder.trim() === '' ? {} : { folder: folder.trim() }) };
    await unwrap(
      api.POST('/hosts/{hostId}/unmanaged/{uuid}/adopt', {
        params: {
          path: { hostId: vm.hostId, uuid: vm.uuid },
          header: once(`${key}-${name}-${folder}-${labels}`),
        },
        body,
      }),
    );
  };
  return (
    <FormModal
      title={`Adopt ${vm.name}`}
      submitLabel="Adopt"
      ready={nameError(name) === undefined && errors['folder'] === undefined && errors['labels'] === undefined}
      fields={['name', 'folder', 'labels']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Happening vm={vm} />
          <TextField
            id="adopt-vm-name"
            label="Name"
            required
            value={name}
            error={nameError(name) ?? errorOf('name')}
            onChange={setName}
          />
          <TextField
            id="adopt-vm-folder"
            label="Folder"
            value={folder}
            error={errors['folder'] ?? errorOf('folder')}
            hint={'Names with "/" between them, as in team/web.'}
            onChange={setFolder}
          />
          <TextField
            id="adopt-vm-labels"
            label="Labels"
            rows={2}
            mono
            value={labels}
            error={errors['labels'] ?? errorOf('labels')}
            hint="One a line, as in env=test."
            onChange={setLabels}
          />
        </>
      )}
    </FormModal>
  );
}
