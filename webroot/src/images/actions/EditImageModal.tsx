import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../core/api/client';
import { FormModal } from '../../core/form/FormModal';
import { TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import type { LibraryImage } from '../library';

const FIELDS = ['name', 'description', 'operatingSystem', 'defaultUser'] as const;
type Field = (typeof FIELDS)[number];

const LABELS: Readonly<Record<Field, string>> = {
  name: 'Name',
  description: 'Description',
  operatingSystem: 'Operating system',
  defaultUser: 'Default user',
};

/** Says otherwise what an image is. */
export function EditImageModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  const [typed, setTyped] = useState<Record<Field, string>>({
    name: image.name,
    description: image.description,
    operatingSystem: image.operatingSystem ?? '',
    defaultUser: image.defaultUser ?? '',
  });
  // What somebody else changed while the dialog is open is not undone unseen.
  const [read] = useState(image);
  const save = async (): Promise<void> => {
    const params = { path: { imageId: image.id }, header: ifUnchanged(read) };
    const body = { ...typed, operatingSystem: typed.operatingSystem.trim(), defaultUser: typed.defaultUser.trim() };
    await unwrap(api.PATCH('/images/{imageId}', { params, body }));
  };
  return (
    <FormModal
      title={`Edit ${read.name}`}
      submitLabel="Save"
      ready={typed.name !== '' && nameError(typed.name) === undefined}
      fields={FIELDS}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) =>
        FIELDS.map((field) => (
          <TextField
            key={field}
            id={`edit-image-${field}`}
            label={LABELS[field]}
            required={field === 'name'}
            value={typed[field]}
            error={(field === 'name' ? nameError(typed.name) : undefined) ?? errorOf(field)}
            onChange={(value) => setTyped((now) => ({ ...now, [field]: value }))}
          />
        ))
      }
    </FormModal>
  );
}
