import { listHint } from '../../core/form/listHint';
import { formatBytes } from '../../core/format/bytes';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { pools } from '../../storage/storage';

interface Props {
  id: string;
  value: string;
  error: string | undefined;
  onChange: (poolId: string) => void;
}

/** Where a disk is made. */
export function PoolChoice({ id, value, error, onChange }: Props) {
  const query = useList(pools);
  const known = query.data ?? [];
  return (
    <SelectField
      id={id}
      label="Pool"
      value={value}
      error={error}
      hint={listHint(query, 'pools')}
      choices={[
        { value: '', label: 'Automatic: the platform chooses' },
        ...known.map((pool) => ({
          value: pool.id,
          label: pool.maintenance
            ? `${pool.name} (in maintenance)`
            : `${pool.name} (${formatBytes(pool.freeBytes)} free)`,
          disabled: pool.maintenance,
        })),
      ]}
      onChange={onChange}
    />
  );
}
