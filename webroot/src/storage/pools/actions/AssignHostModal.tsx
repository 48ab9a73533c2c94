import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import type { Pool } from '../../../core/api/types';
import { FormModal } from '../../../core/form/FormModal';
import { SelectField } from '../../../core/form/fields';
import { useList } from '../../../core/live/collection';
import { hosts } from '../../../hosts/hosts';

/** Lets one more host use the pool; the server tries it there first. */
export function AssignHostModal({ target: pool, onClose }: ActionDialogProps<Pool>) {
  const [hostId, setHostId] = useState('');
  const assigned = new Set(pool.hosts.map((host) => host.hostId));
  const free = (useList(hosts).data ?? []).filter((host) => !assigned.has(host.id));
  const submit = async (): Promise<void> => {
    await unwrap(api.PUT('/pools/{poolId}/hosts/{hostId}', { params: { path: { poolId: pool.id, hostId } } }));
  };
  return (
    <FormModal
      title={`Assign a host to ${pool.name}`}
      submitLabel="Assign"
      ready={hostId !== ''}
      fields={['hostId']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <SelectField
          id="assign-host"
          label="Host"
          required
          value={hostId}
          error={errorOf('hostId')}
          hint={free.length === 0 ? 'Every host has the pool.' : 'It tries the pool before it is assigned.'}
          choices={[
            { value: '', label: 'Choose a host', disabled: true },
            ...free.map((host) => ({ value: host.id, label: host.name })),
          ]}
          onChange={setHostId}
        />
      )}
    </FormModal>
  );
}
