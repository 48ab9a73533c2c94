import { formatBytes } from '../../core/format/bytes';
import { fieldName } from '../edit/fieldNames';

const WORDS: Readonly<Record<string, string>> = { true: 'yes', false: 'no', '': 'none' };

const LIMITS: Readonly<Record<string, string>> = {
  readIops: 'most reads per second',
  writeIops: 'most writes per second',
  readBytesPerSecond: 'most bytes read per second',
  writeBytesPerSecond: 'most bytes written per second',
};

/** A field of a VM's definition, as a person calls it. */
export function driftedField(field: string): string {
  if (field === 'unknown') return 'Unknown part';
  const [, mac, part] = /^nics\.([^.]+)\.?(.*)$/.exec(field) ?? [];
  if (mac !== undefined) return part ? `Network card ${mac}, ${part}` : `Network card ${mac}`;
  const [, disk, limit = ''] = /^disks\.([^.]+)\.?(\w+)?$/.exec(field) ?? [];
  if (disk === undefined || (limit !== '' && LIMITS[limit] === undefined)) return fieldName(field);
  return limit === '' ? `Disk ${disk}` : `Disk ${disk}, ${LIMITS[limit]}`;
}

/** What LimiQuantix or libvirt has for that field. */
export const driftedValue = (field: string, value: string): string =>
  field === 'memoryBytes' || (field.endsWith('BytesPerSecond') && value !== '')
    ? formatBytes(Number(value))
    : (WORDS[value] ?? value);
