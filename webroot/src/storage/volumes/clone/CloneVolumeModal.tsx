import { Checkbox } from '@patternfly/react-core';
import { useState } from 'react';
import type { Snapshot, Volume } from '../../../core/api/types';
import { formatBytes, GIB } from '../../../core/format/bytes';
import { FormModal } from '../../../core/form/FormModal';
import { NumberField, SelectField, TextField } from '../../../core/form/fields';
import { nameError } from '../../../core/form/names';
import { useList } from '../../../core/live/collection';
import { volumeCreation } from '../../creations';
import { pools } from '../../storage';
import { hostChoices } from '../hostChoices';

interface Props {
  volume: Volume;
  /** What it held then, instead of what it holds now. */
  snapshot?: Snapshot;
  /** Whether a VM may be writing to it now. */
  inUse?: boolean;
  onClose: () => void;
}

const COPY_HINT =
  'All of it is copied, and goes from host to host where none reaches both places. ' +
  'Its task says how far it is and can be cancelled.';

const CHANGES =
  'Its VM runs, and a clone beside it would share its blocks. Clone a snapshot of it, or copy it elsewhere.';

/** A new volume that holds what this one holds: beside it, or as a copy in another pool or on another host. */
export function CloneVolumeModal({ volume, snapshot, inUse = false, onClose }: Props) {
  const leastBytes = snapshot?.sizeBytes ?? volume.sizeBytes;
  const least = leastBytes / GIB;
  const [name, setName] = useState('');
  const [poolId, setPoolId] = useState(volume.poolId);
  const [hostId, setHostId] = useState('');
  const [gib, setGib] = useState(least);
  const [independent, setIndependent] = useState(false);
  const [creation] = useState(volumeCreation);
  const poolList = useList(pools).data ?? [];
  const pool = poolList.find((candidate) => candidate.id === poolId);
  // Hosts that share a pool see the same volumes in it.
  const hosts = pool === undefined || pool.shared ? [] : hostChoices(pool);
  const elsewhere = poolId !== volume.poolId || (hostId !== '' && hostId !== volume.hostId);
  const changes = inUse && !snapshot && !elsewhere;
  const sizeBytes = gib === least ? leastBytes : Math.round(gib * GIB);
  const large = sizeBytes >= leastBytes;
  const what = snapshot ? `the snapshot ${snapshot.name} of ${volume.name}` : volume.name;

  const submit = async (): Promise<void> => {
    await creation.make({
      name,
      poolId,
      sizeBytes,
      sourceVolumeId: volume.id,
      ...(hostId === '' ? {} : { hostId }),
      ...(snapshot ? { sourceSnapshotId: snapshot.id } : {}),
      independent: independent || elsewhere,
    });
  };
  return (
    <FormModal
      title={`Clone ${what}`}
      submitLabel={elsewhere ? 'Copy' : 'Clone'}
      ready={nameError(name) === undefined && large && !changes}
      fields={['name', 'poolId', 'hostId', 'sizeBytes', 'independent']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="clone-name"
            label="Name"
            required
            value={name}
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            onChange={setName}
          />
          <SelectField
            id="clone-pool"
            label="Pool"
            value={poolId}
            error={errorOf('poolId') ?? (changes ? CHANGES : undefined)}
            hint={elsewhere ? COPY_HINT : undefined}
            choices={poolList.map(({ id, name: label }) => ({
              value: id,
              label: id === volume.poolId ? `${label} (where it is)` : label,
            }))}
            onChange={(id) => {
              setPoolId(id);
              setHostId('');
            }}
          />
          {hosts.length > 1 && (
            <SelectField
              id="clone-host"
              label="Host"
              value={hostId}
              error={errorOf('hostId')}
              hint="The pool is a place of its own on each of them."
              choices={[{ value: '', label: 'Automatic' }, ...hosts]}
              onChange={setHostId}
            />
          )}
          <NumberField
            id="clone-size"
            label="Size (GiB)"
            required
            min={least}
            value={gib}
            error={large ? errorOf('sizeBytes') : `It needs at least ${formatBytes(leastBytes)}.`}
            onChange={setGib}
          />
          {!elsewhere && (
            <Checkbox
              id="clone-independent"
              label="Share no blocks with its origin"
              description="Takes longer and needs more space; the origin can be deleted at any time."
              isChecked={independent}
              onChange={(_event, checked) => setIndependent(checked)}
            />
          )}
        </>
      )}
    </FormModal>
  );
}
