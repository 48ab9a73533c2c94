import type { PendingChange, Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';

const NAMES: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  folder: 'Folder',
  labels: 'Labels',
  vcpus: 'vCPUs',
  memoryBytes: 'Memory',
  cpu: 'Processor',
  'cpu.model': 'CPU model',
  'cpu.topology': 'Sockets, cores and threads',
  'cpu.maxVcpus': 'Most vCPUs',
  firmware: 'Firmware',
  secureBoot: 'Secure boot',
  tpm: 'TPM 2.0',
  watchdog: 'Watchdog',
  clipboard: 'Shared clipboard',
  bootOrder: 'Boot order',
};

const DISK = /^disks\.([^.]+)\.(.+)$/;

/** What a person calls a field of a VM. */
export function fieldName(field: string): string {
  const [, disk, part] = DISK.exec(field) ?? [];
  return disk === undefined ? (NAMES[field] ?? field) : `Disk ${disk}, ${part ?? ''}`;
}

const YES_NO: Readonly<Record<string, string>> = { true: 'yes', false: 'no', '': 'none' };

/** A value of a pending change, as a person says it. */
export function pendingValue({ field }: PendingChange, value: string): string {
  return field === 'memoryBytes' ? formatBytes(Number(value)) : (YES_NO[value] ?? value);
}

/** What the VM has, with what it runs with until its next start where that is something else. */
export function withPending(vm: Vm, field: string, shown: string): string {
  const pending = vm.pending.find((change) => change.field === field);
  return pending ? `${shown} from the next start on, ${pendingValue(pending, pending.now)} now` : shown;
}

type Field = keyof Vm;
const EDITABLE = [
  'name',
  'description',
  'folder',
  'labels',
  'vcpus',
  'memoryBytes',
  'cpu',
  'clipboard',
  'bootOrder',
] as const satisfies readonly Field[];

function said(vm: Vm, field: (typeof EDITABLE)[number]): string {
  const value = vm[field];
  if (field === 'memoryBytes') return formatBytes(vm.memoryBytes);
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

/** What somebody else has changed meanwhile, in a sentence. */
export function changedMeanwhile(before: Vm, now: Vm): string {
  const changes = EDITABLE.filter((field) => said(before, field) !== said(now, field)).map(
    (field) => `${fieldName(field)} is now ${said(now, field) === '' ? 'empty' : `“${said(now, field)}”`}`,
  );
  return changes.length === 0 ? 'Somebody changed something else of it.' : `Meanwhile: ${changes.join('; ')}.`;
}
