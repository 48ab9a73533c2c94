import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import { FormModal } from '../../core/form/FormModal';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { pools } from '../../storage/storage';
import { hostChoices } from '../../storage/volumes/hostChoices';
import type { LibraryImage } from '../library';

/** Has an image in a pool before a VM needs it there. */
export function BringToPoolModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  const [poolId, setPoolId] = useState('');
  const [hostId, setHostId] = useState('');
  // The same place keeps its key: an answer that was lost is not asked for twice.
  const [attempt, setAttempt] = useState({ asked: '', key: '' });
  const poolList = useList(pools).data ?? [];
  const pool = poolList.find((candidate) => candidate.id === poolId);
  const hosts = hostChoices(pool);
  const asksForHost = pool !== undefined && !pool.shared && hosts.length > 1;
  const bring = async (): Promise<void> => {
    const body = { poolId, ...(asksForHost ? { hostId } : {}) };
    const asked = JSON.stringify(body);
    const key = attempt.asked === asked ? attempt.key : crypto.randomUUID();
    setAttempt({ asked, key });
    await unwrap(
      api.POST('/images/{imageId}/copies', { params: { path: { imageId: image.id }, header: once(key) }, body }),
    );
  };
  return (
    <FormModal
      title={`Bring ${image.name} to a pool`}
      submitLabel="Bring"
      ready={poolId !== '' && (!asksForHost || hostId !== '')}
      fields={['poolId', 'hostId']}
      onSubmit={bring}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <SelectField
            id="bring-pool"
            label="Pool"
            required
            value={poolId}
            error={errorOf('poolId')}
            hint="VMs bring an image along when they need it; a copy that is there before saves the first one the wait, and stays until you remove it."
            choices={[
              { value: '', label: 'Choose a pool', disabled: true },
              ...poolList.map(({ id, name: label }) => ({ value: id, label })),
            ]}
            onChange={(id) => {
              setPoolId(id);
              setHostId('');
            }}
          />
          {asksForHost && (
            <SelectField
              id="bring-host"
              label="Host"
              required
              value={hostId}
              error={errorOf('hostId')}
              hint="The pool is a place of its own on each host."
              choices={[{ value: '', label: 'Choose a host', disabled: true }, ...hosts]}
              onChange={setHostId}
            />
          )}
        </>
      )}
    </FormModal>
  );
}
