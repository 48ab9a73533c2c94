import { SelectField, TextField } from '../../core/form/fields';
import { distributionError, memoryError, type TypedSystem } from './system';

const FAMILIES = [
  { value: '', label: 'By its name' },
  { value: 'linux', label: 'Linux' },
  { value: 'bsd', label: 'BSD' },
  { value: 'windows', label: 'Windows' },
  { value: 'other', label: 'Other' },
];

const FIRMWARES = [
  { value: '', label: 'As found out, else either' },
  { value: 'bios', label: 'BIOS only' },
  { value: 'uefi', label: 'UEFI only' },
];

const DRIVERS = [
  { value: '', label: 'As found out' },
  { value: 'yes', label: 'It has them' },
  { value: 'no', label: 'It has none by itself' },
];

/** What the server calls the fields. */
export const SYSTEM_FIELDS = [
  'operatingSystem',
  'operatingSystem.distribution',
  'operatingSystem.version',
  'operatingSystem.leastMemoryBytes',
];

interface Props {
  typed: TypedSystem;
  edit: (change: Partial<TypedSystem>) => void;
  errorOf: (field: string) => string | undefined;
}

/** Which system an image holds, and what that needs. */
export function SystemFields({ typed, edit, errorOf }: Props) {
  return (
    <>
      <TextField
        id="system-distribution"
        label="Operating system"
        value={typed.distribution}
        error={distributionError(typed) ?? errorOf('operatingSystem.distribution') ?? errorOf('operatingSystem')}
        hint="As in Debian or Windows Server. Empty: what was found out."
        onChange={(distribution) => edit({ distribution })}
      />
      <TextField
        id="system-version"
        label="Version"
        value={typed.version}
        error={errorOf('operatingSystem.version')}
        onChange={(version) => edit({ version })}
      />
      <SelectField
        id="system-family"
        label="Family"
        value={typed.family}
        choices={FAMILIES}
        onChange={(family) => edit({ family })}
      />
      <TextField
        id="system-memory"
        label="Least memory (MiB)"
        value={typed.memoryMib}
        error={memoryError(typed) ?? errorOf('operatingSystem.leastMemoryBytes')}
        onChange={(memoryMib) => edit({ memoryMib })}
      />
      <SelectField
        id="system-firmware"
        label="Firmware"
        value={typed.firmware}
        choices={FIRMWARES}
        onChange={(firmware) => edit({ firmware })}
      />
      <SelectField
        id="system-virtio"
        label="Virtio drivers"
        value={typed.virtio}
        choices={DRIVERS}
        onChange={(virtio) => edit({ virtio })}
      />
    </>
  );
}
