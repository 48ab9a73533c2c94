import { formatBytes } from '../../core/format/bytes';
import { fieldName } from '../edit/fieldNames';

const WORDS: Readonly<Record<string, string>> = { true: 'yes', false: 'no', '': 'none' };

/** A field of a VM's definition, as a person calls it. */
export function driftedField(field: string): string {
  if (field === 'unknown') return 'Unknown part';
  const [, mac, part] = /^nics\.([^.]+)\.?(.*)$/.exec(field) ?? [];
  if (mac !== undefined) return part ? `Network card ${mac}, ${part}` : `Network card ${mac}`;
  const [, disk] = /^disks\.([^.]+)$/.exec(field) ?? [];
  return disk === undefined ? fieldName(field) : `Disk ${disk}`;
}

/** What LimiQuantix or libvirt has for that field. */
export const driftedValue = (field: string, value: string): string =>
  field === 'memoryBytes' ? formatBytes(Number(value)) : (WORDS[value] ?? value);
