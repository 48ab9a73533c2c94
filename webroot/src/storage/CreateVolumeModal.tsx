import { useState } from 'react';
import type { Pool } from '../core/api/types';
import { GIB } from '../core/format/bytes';
import { FormModal } from '../core/form/FormModal';
import { NumberField, SelectField, TextField } from '../core/form/fields';
import { nameError } from '../core/form/names';
import { volumeCreation } from './creations';

interface Props {
  pools: readonly Pool[];
  onClose: () => void;
}

export function CreateVolumeModal({ pools, onClose }: Props) {
  const [name, setName] = useState('');
  const [gib, setGib] = useState(10);
  const [poolId, setPoolId] = useState(pools[0]?.id ?? '');
  const [hostId, setHostId] = useState('');
  const [creation] = useState(volumeCreation);
  const pool = pools.find((candidate) => candidate.id === poolId);
  const hostChoices = (pool?.hosts ?? [])
    .filter((host) => host.usable)
    .map((host) => ({ value: host.hostId, label: host.hostName ?? host.hostId }));
  const ready = nameError(name) === undefined && gib > 0 && poolId !== '';

  const submit = async (): Promise<void> => {
    const sizeBytes = Math.round(gib * GIB);
    await creation.make({ poolId, name, sizeBytes, ...(hostId === '' ? {} : { hostId }) });
  };
  return (
    <FormModal
      title="Create volume"
      submitLabel="Create volume"
      ready={ready}
      fields={['name', 'sizeBytes', 'poolId', 'hostId']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="volume-name"
            label="Name"
            required
            value={name}
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            onChange={setName}
          />
          <NumberField
            id="volume-size"
            label="Size (GiB)"
            required
            min={1}
            value={gib}
            error={errorOf('sizeBytes')}
            onChange={setGib}
          />
          <SelectField
            id="volume-pool"
            label="Pool"
            required
            value={poolId}
            error={errorOf('poolId')}
            choices={pools.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={(id) => {
              setPoolId(id);
              setHostId('');
            }}
          />
          <SelectField
            id="volume-host"
            label="Host"
            value={hostId}
            error={errorOf('hostId')}
            choices={[{ value: '', label: 'Automatic' }, ...hostChoices]}
            onChange={setHostId}
          />
        </>
      )}
    </FormModal>
  );
}
