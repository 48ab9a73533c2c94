import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
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

const fieldsOf = (image: LibraryImage): Record<Field, string> => ({
  name: image.name,
  description: image.description,
  operatingSystem: image.operatingSystem ?? '',
  defaultUser: image.defaultUser ?? '',
});

/** What was typed otherwise than it was; nothing else is to be written over what other people say meanwhile. */
function changesOf(typed: Record<Field, string>, before: Record<Field, string>): Partial<Record<Field, string>> {
  const changed = FIELDS.filter((field) => typed[field] !== before[field]);
  return Object.fromEntries(changed.map((field) => [field, typed[field].trim()]));
}

/** Says otherwise what an image is. */
export function EditImageModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  const [before] = useState(() => fieldsOf(image));
  const [typed, setTyped] = useState(before);
  const [version, setVersion] = useState(image.version);
  const changes = changesOf(typed, before);
  const save = async (): Promise<void> => {
    const params = { path: { imageId: image.id }, header: ifUnchanged({ version }) };
    try {
      await unwrap(api.PATCH('/images/{imageId}', { params, body: changes }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      setVersion(image.version);
      throw new Error(`${error.message} Look at it in the list, and save again if what you typed is to stay.`);
    }
  };
  return (
    <FormModal
      title={`Edit ${before.name}`}
      submitLabel="Save"
      ready={Object.keys(changes).length > 0 && typed.name !== '' && nameError(typed.name) === undefined}
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
