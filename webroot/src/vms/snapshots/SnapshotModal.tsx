import { useState, type ReactNode } from 'react';
import { TextField } from '../../core/form/fields';
import { FormModal } from '../../core/form/FormModal';
import { nameError } from '../../core/form/names';

/** What a snapshot is known by. */
export interface SnapshotWords {
  name: string;
  description: string;
}

interface Props {
  title: string;
  submitLabel: string;
  /** What stands there at first. */
  first: SnapshotWords;
  hint?: string;
  onSubmit: (words: SnapshotWords) => Promise<void>;
  onClose: () => void;
  /** What else is asked. */
  children?: ReactNode;
}

/** Asks for the name and the description of a VM's snapshot. */
export function SnapshotModal({ title, submitLabel, first, hint, onSubmit, onClose, children }: Props) {
  const [name, setName] = useState(first.name);
  const [description, setDescription] = useState(first.description);
  // A field that was never filled in is not wrong yet.
  const wrong = name === '' && first.name === '' ? undefined : nameError(name);
  return (
    <FormModal
      title={title}
      submitLabel={submitLabel}
      ready={nameError(name) === undefined}
      fields={['name', 'description']}
      onSubmit={() => onSubmit({ name, description })}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="vm-snapshot-name"
            label="Name"
            required
            value={name}
            error={wrong ?? errorOf('name')}
            hint={hint}
            onChange={setName}
          />
          <TextField
            id="vm-snapshot-description"
            label="Description"
            rows={3}
            value={description}
            error={errorOf('description')}
            onChange={setDescription}
          />
          {children}
        </>
      )}
    </FormModal>
  );
}
