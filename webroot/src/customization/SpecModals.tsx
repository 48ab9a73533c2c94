import { useState } from 'react';
import type { ActionDialogProps } from '../core/actions/action';
import { api, ifUnchanged, once, unwrap } from '../core/api/client';
import type { CustomizationSpec } from '../core/api/types';
import { FormModal } from '../core/form/FormModal';
import { TextField } from '../core/form/fields';
import { nameError } from '../core/form/names';
import { SpecForm } from './SpecForm';

export function CreateSpecModal({ onClose }: { onClose: () => void }) {
  const [key] = useState(() => crypto.randomUUID());
  return (
    <SpecForm
      title="Create customization spec"
      submitLabel="Create"
      onSubmit={async (body) => {
        await unwrap(api.POST('/customization-specs', { params: { header: once(key) }, body }));
      }}
      onClose={onClose}
    />
  );
}

export function EditSpecModal({ target, onClose }: ActionDialogProps<CustomizationSpec>) {
  const [before] = useState(target);
  const params = { path: { customizationSpecId: before.id }, header: ifUnchanged(before) };
  return (
    <SpecForm
      title={`Edit ${before.name}`}
      submitLabel="Save"
      spec={before}
      onSubmit={async (body) => {
        await unwrap(api.PUT('/customization-specs/{customizationSpecId}', { params, body }));
      }}
      onClose={onClose}
    />
  );
}

export function DuplicateSpecModal({ target, onClose }: ActionDialogProps<CustomizationSpec>) {
  const [name, setName] = useState(`${target.name}-copy`);
  const [key] = useState(() => crypto.randomUUID());
  const submit = async (): Promise<void> => {
    const params = { path: { customizationSpecId: target.id }, header: once(key) };
    await unwrap(
      api.POST('/customization-specs/{customizationSpecId}/duplicate', { params, body: { name: name.trim() } }),
    );
  };
  return (
    <FormModal
      title={`Duplicate ${target.name}`}
      submitLabel="Duplicate"
      ready={nameError(name.trim()) === undefined}
      fields={['name']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <TextField
          id="spec-name"
          label="Name"
          required
          value={name}
          error={nameError(name.trim()) ?? errorOf('name')}
          hint="The password and the user-data that are kept come along."
          onChange={setName}
        />
      )}
    </FormModal>
  );
}
