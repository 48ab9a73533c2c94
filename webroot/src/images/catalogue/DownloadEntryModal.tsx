import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { FormModal } from '../../core/form/FormModal';
import { SelectField, TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import { formatBytes } from '../../core/format/bytes';
import { useList } from '../../core/live/collection';
import { takesNothing } from '../../storage/pools/poolState';
import { pools } from '../../storage/storage';
import { images } from '../images';
import { downloadEntry } from './catalogue';
import { suggestedName, type EntryRow } from './entryRow';

const FIELDS = ['name', 'poolId'];

/** Asks what the image is to be called and where it goes. */
export function DownloadEntryModal({ target: entry, onClose }: ActionDialogProps<EntryRow>) {
  const imageList = useList(images).data ?? [];
  const poolList = useList(pools).data ?? [];
  const [name, setName] = useState(() => suggestedName(entry, imageList));
  const [poolId, setPoolId] = useState('');
  // The same wish keeps its key: an answer that was lost is not asked for twice.
  const [attempt, setAttempt] = useState({ written: '', key: '' });
  const download = async (): Promise<void> => {
    const body = poolId === '' ? { name } : { name, poolId };
    const written = JSON.stringify(body);
    const key = attempt.written === written ? attempt.key : crypto.randomUUID();
    setAttempt({ written, key });
    await downloadEntry(entry.id, body, key);
  };
  return (
    <FormModal
      title={`Download ${entry.name}`}
      submitLabel="Download"
      ready={nameError(name) === undefined}
      fields={FIELDS}
      onSubmit={download}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="entry-name"
            label="Name"
            required
            value={name}
            error={nameError(name) ?? errorOf('name')}
            hint="Of the image in the library."
            onChange={setName}
          />
          <SelectField
            id="entry-pool"
            label="Pool"
            value={poolId}
            error={errorOf('poolId')}
            hint={entry.checked ? undefined : 'Its publisher gives no checksum that could be compared.'}
            choices={[
              { value: '', label: 'Where there is most room' },
              ...poolList.map((pool) => ({
                value: pool.id,
                label: `${pool.name} (${takesNothing(pool) ?? `${formatBytes(pool.freeBytes)} free`})`,
                disabled: takesNothing(pool) !== undefined,
              })),
            ]}
            onChange={setPoolId}
          />
        </>
      )}
    </FormModal>
  );
}
