import { listHint } from '../../core/form/listHint';
import type { Host } from '../../core/api/types';
import { SelectField, TextField } from '../../core/form/fields';
import { formatBytes } from '../../core/format/bytes';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { OrganisationFields } from './OrganisationFields';
import type { SectionProps } from './section';

function hostLabel(host: Host): string {
  if (host.state !== 'UP') return `${host.name} (${host.state.toLowerCase()})`;
  return `${host.name} (${formatBytes(host.memoryFreeBytes)} free)`;
}

/** What the VM is called, where it is found, and where it runs. */
export function PlaceSection({ draft, errors, edit }: SectionProps) {
  const query = useList(hosts);
  const hostChoices = (query.data ?? []).map((host) => ({
    value: host.id,
    label: hostLabel(host),
    disabled: host.state !== 'UP',
  }));
  return (
    <>
      <TextField
        id="vm-name"
        label="Name"
        required
        value={draft.name}
        error={errors.name}
        hint="Also its host name. Letters, digits, dot, underscore and hyphen."
        onChange={(name) => edit({ name })}
      />
      <TextField
        id="vm-description"
        label="Description"
        value={draft.description}
        error={errors.description}
        onChange={(description) => edit({ description })}
      />
      <OrganisationFields draft={draft} errors={errors} edit={edit} />
      <SelectField
        id="vm-host"
        label="Host"
        value={draft.hostId}
        error={errors.hostId}
        hint={listHint(query, 'hosts')}
        choices={[{ value: '', label: 'Automatic: the host with the most room' }, ...hostChoices]}
        onChange={(hostId) => edit({ hostId })}
      />
    </>
  );
}
