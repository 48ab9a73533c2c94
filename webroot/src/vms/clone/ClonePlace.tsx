import { SelectField, TextField } from '../../core/form/fields';
import { formatBytes } from '../../core/format/bytes';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { pools } from '../../storage/storage';
import type { CloneFieldsProps } from './section';

function PoolFields({ vm, draft, errors, edit }: CloneFieldsProps) {
  const known = useList(pools).data ?? [];
  return vm.disks.map((disk, i) => (
    <SelectField
      key={disk.volumeId}
      id={`clone-pool-${i}`}
      label={vm.disks.length === 1 ? 'Pool of its disk' : `Pool of disk ${i + 1} (${formatBytes(disk.sizeBytes)})`}
      value={draft.pools[disk.volumeId] ?? ''}
      error={errors[`disks[${i}].poolId`] ?? (i === 0 ? errors['pools'] : undefined)}
      choices={[
        { value: '', label: 'The same as the source’s' },
        ...known.map((pool) => ({
          value: pool.id,
          label: pool.maintenance
            ? `${pool.name} (in maintenance)`
            : `${pool.name} (${formatBytes(pool.freeBytes)} free)`,
          disabled: pool.maintenance,
        })),
      ]}
      onChange={(poolId) => edit({ pools: { ...draft.pools, [disk.volumeId]: poolId } })}
    />
  ));
}

/** Where a clone is, and where people find it. */
export function ClonePlace(section: CloneFieldsProps) {
  const { draft, errors, edit } = section;
  const list = useList(hosts).data ?? [];
  return (
    <>
      <SelectField
        id="clone-host"
        label="Host"
        value={draft.hostId}
        error={errors['hostId']}
        choices={[
          {
            value: '',
            label: draft.kind === 'LINKED' ? 'Automatic: one that has the source’s disks' : 'Automatic',
          },
          ...list.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(hostId) => edit({ hostId })}
      />
      {draft.kind === 'FULL' && <PoolFields {...section} />}
      <TextField
        id="clone-folder"
        label="Folder"
        value={draft.folder}
        error={errors['folder']}
        onChange={(folder) => edit({ folder })}
      />
      <TextField
        id="clone-description"
        label="Description"
        rows={2}
        value={draft.description}
        error={errors['description']}
        onChange={(description) => edit({ description })}
      />
    </>
  );
}
