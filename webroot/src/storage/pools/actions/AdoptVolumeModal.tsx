import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { api, once, unwrap } from '../../../core/api/client';
import type { Pool, UnmanagedVolume } from '../../../core/api/types';
import { FormModal } from '../../../core/form/FormModal';
import { TextField } from '../../../core/form/fields';
import { nameError } from '../../../core/form/names';

export interface Found {
  pool: Pool;
  volume: UnmanagedVolume;
}

/** A name like the storage's own, as far as that can be one. */
function suggestion(storageName: string): string {
  const withoutEnding = storageName.replace(/\.(qcow2|raw|img)$/i, '');
  return withoutEnding
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);
}

export function AdoptVolumeModal({ target: { pool, volume }, onClose }: ActionDialogProps<Found>) {
  const [name, setName] = useState(suggestion(volume.storageName));
  const [key] = useState(() => crypto.randomUUID());
  const { hostId, storageName } = volume;
  const submit = async (): Promise<void> => {
    await unwrap(
      api.POST('/pools/{poolId}/adopt', {
        params: { path: { poolId: pool.id }, header: once(`${key}-${name}`) },
        body: { hostId, storageName, name },
      }),
    );
  };
  return (
    <FormModal
      title={`Adopt ${storageName}`}
      submitLabel="Adopt"
      ready={nameError(name) === undefined}
      fields={['name']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <TextField
          id="adopt-name"
          label="Name"
          required
          value={name}
          error={nameError(name) ?? errorOf('name')}
          hint="It becomes a volume of the pool, as it is. Whoever made it should not use it any more."
          onChange={setName}
        />
      )}
    </FormModal>
  );
}
