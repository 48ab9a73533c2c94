import { useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { api, once, unwrap } from '../core/api/client';
import type { Vm } from '../core/api/types';
import { TextField } from '../core/form/fields';
import { FormModal } from '../core/form/FormModal';
import { nameError } from '../core/form/names';
import { useListsAnew, useVersions } from './templates';

/** What is said of a name: whether it begins a family or makes its next version. */
function useFamilyHint(name: string): string {
  const versions = useVersions(name);
  return versions?.[0]
    ? `The newest version of it is ${versions[0].version}; this VM becomes the next one.`
    : 'Templates of one name are versions of each other.';
}

/** Asks what a VM is to be called as a template. */
export function ConvertToTemplateModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const [name, setName] = useState(vm.name);
  const [note, setNote] = useState('');
  const [key] = useState(() => crypto.randomUUID());
  const hint = useFamilyHint(name);
  const readAnew = useListsAnew();
  const wrong = nameError(name);
  const submit = async (): Promise<void> => {
    const params = { path: { vmId: vm.id }, header: once(key) };
    await unwrap(api.POST('/vms/{vmId}/convert-to-template', { params, body: { name, note } }));
    await readAnew();
  };
  return (
    <FormModal
      title={`Convert ${vm.name} to a template`}
      submitLabel="Convert"
      ready={wrong === undefined}
      fields={['name', 'note']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p>
            As a template it stays off, and its hardware and disks stay as they are. VMs are deployed from it. It can be
            converted back.
          </p>
          <TextField
            id="template-name"
            label="Template name"
            required
            value={name}
            error={wrong ?? errorOf('name')}
            hint={hint}
            onChange={setName}
          />
          <TextField
            id="template-note"
            label="Note"
            rows={3}
            value={note}
            error={errorOf('note')}
            hint="What is in this version."
            onChange={setNote}
          />
        </>
      )}
    </FormModal>
  );
}
