import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import { FormModal } from '../../core/form/FormModal';
import { SelectField, TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import { isUsable } from '../images';
import type { LibraryImage } from '../library';
import { SYSTEM_FIELDS, SystemFields } from '../system/SystemFields';
import { changesOf, editOf, isRight, tagsError, TEXTS, type ImageEdit, type TextName } from './editForm';

const LABELS: Readonly<Record<TextName, string>> = {
  name: 'Name',
  description: 'Description',
  defaultUser: 'Default user',
};

const VISIBILITIES = [
  { value: 'SHARED', label: 'Everybody' },
  { value: 'PRIVATE', label: 'Its owner and administrators' },
];

const OFFERS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No, it is deprecated' },
];

/** Says otherwise what an image is, who sees it, and whether it is offered. */
export function EditImageModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  const [before] = useState(image);
  const [typed, setTyped] = useState(() => editOf(image));
  const [version, setVersion] = useState(image.version);
  const edit = (change: Partial<ImageEdit>): void => setTyped((now) => ({ ...now, ...change }));
  const changes = changesOf(before, typed);
  const save = async (): Promise<void> => {
    const params = { path: { imageId: image.id }, header: ifUnchanged({ version }) };
    try {
      await unwrap(api.PATCH('/images/{imageId}', { params, body: changes }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      // The list may not have heard of it yet.
      const now = await unwrap(api.GET('/images/{imageId}', { params: { path: { imageId: image.id } } }));
      setVersion(now.version);
      throw new Error(`${error.message} Look at it in the list, and save again if what you typed is to stay.`);
    }
  };
  return (
    <FormModal
      title={`Edit ${before.name}`}
      submitLabel="Save"
      ready={Object.keys(changes).length > 0 && isRight(typed)}
      fields={[...TEXTS, ...SYSTEM_FIELDS, 'tags', 'visibility', 'deprecated']}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          {TEXTS.map((field) => (
            <TextField
              key={field}
              id={`edit-image-${field}`}
              label={LABELS[field]}
              required={field === 'name'}
              value={typed[field]}
              error={(field === 'name' ? nameError(typed.name) : undefined) ?? errorOf(field)}
              onChange={(value) => setTyped((now) => ({ ...now, [field]: value }))}
            />
          ))}
          <TextField
            id="edit-image-tags"
            label="Tags"
            value={typed.tags}
            error={tagsError(typed.tags) ?? errorOf('tags')}
            hint="Short words, with spaces between them."
            onChange={(tags) => edit({ tags })}
          />
          <SelectField
            id="edit-image-visibility"
            label="Seen by"
            value={typed.visibility}
            error={errorOf('visibility')}
            choices={VISIBILITIES}
            onChange={(value) => edit({ visibility: value as ImageEdit['visibility'] })}
          />
          {isUsable(image) && (
            <SelectField
              id="edit-image-offered"
              label="Offered for new VMs"
              value={typed.offered}
              error={errorOf('deprecated')}
              choices={OFFERS}
              hint="What was made of it stays as it is."
              onChange={(value) => edit({ offered: value as ImageEdit['offered'] })}
            />
          )}
          <SystemFields
            typed={typed.system}
            edit={(change) => edit({ system: { ...typed.system, ...change } })}
            errorOf={errorOf}
          />
        </>
      )}
    </FormModal>
  );
}
