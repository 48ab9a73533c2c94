import { listHint } from '../../core/form/listHint';
import { SelectField } from '../../core/form/fields';
import { formatBytes } from '../../core/format/bytes';
import { useVolumeRows } from '../../storage/volumes/useVolumeRows';
import { isTaken } from '../../storage/volumes/volumeState';

interface Props {
  id: string;
  value: string;
  error: string | undefined;
  onChange: (volumeId: string) => void;
}

/** One of the volumes that a VM can have now. */
export function VolumeChoice({ id, value, error, onChange }: Props) {
  const { volumes, pools, rows } = useVolumeRows();
  const query = volumes.data ? pools : volumes;
  const free = rows.filter((row) => row.volume.state === 'READY' && !isTaken(row));
  return (
    <SelectField
      id={id}
      label="Volume"
      required
      value={value}
      error={error}
      warning={query.data && free.length === 0 ? 'There is no volume that no VM has.' : undefined}
      hint={listHint(query, volumes.data ? 'pools' : 'volumes', 'It stays when the VM is deleted.')}
      choices={[
        { value: '', label: 'Choose a volume', disabled: true },
        ...free.map(({ volume, pool }) => ({
          value: volume.id,
          label: `${volume.name} (${[formatBytes(volume.sizeBytes), pool?.name].filter(Boolean).join(', ')})`,
        })),
      ]}
      onChange={onChange}
    />
  );
}
