import type { Autostart, EditVm, Vm } from '../../core/api/types';
import { nameError } from '../../core/form/names';
import { USUAL_ORDER } from '../autostart';
import { devicesOf, type Device } from '../create/devices';
import { parseLabels } from '../create/hardware';

export interface TypedStart {
  on: boolean;
  order: number;
  delaySeconds: number;
  untilAgent: boolean;
}

const typedStart = (start: Autostart | undefined): TypedStart => ({
  on: start !== undefined,
  order: start?.order ?? USUAL_ORDER,
  delaySeconds: start?.delaySeconds ?? 0,
  untilAgent: start?.untilAgent ?? false,
});

const wishedStart = ({ on, ...start }: TypedStart): Autostart | null => (on ? start : null);

/** What is typed, as it is typed. */
export interface Settings {
  name: string;
  description: string;
  folder: string;
  /** One a line, as in "env=test". */
  labels: string;
  bootOrder: readonly string[];
  clipboard: boolean;
  start: TypedStart;
}

export const settingsOf = (vm: Vm): Settings => ({
  name: vm.name,
  description: vm.description,
  folder: vm.folder ?? '',
  labels: Object.entries(vm.labels)
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join('\n'),
  bootOrder: vm.bootOrder,
  clipboard: vm.clipboard,
  start: typedStart(vm.autostart),
});

/** What was typed otherwise than it was. */
export function settingsChanges(before: Vm, typed: Settings): EditVm {
  const was = settingsOf(before);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const labels = parseLabels(typed.labels);
  return {
    ...(typed.name === was.name ? {} : { name: typed.name }),
    ...(typed.description === was.description ? {} : { description: typed.description }),
    ...(typed.folder.trim() === was.folder ? {} : { folder: typed.folder.trim() }),
    ...(same(labels, parseLabels(was.labels)) ? {} : { labels }),
    ...(same(typed.bootOrder, was.bootOrder) ? {} : { bootOrder: [...typed.bootOrder] }),
    ...(typed.clipboard === was.clipboard ? {} : { clipboard: typed.clipboard }),
    ...(same(wishedStart(typed.start), wishedStart(was.start)) ? {} : { autostart: wishedStart(typed.start) }),
  };
}

export function settingsProblem({ name, start }: Settings): string | undefined {
  const numbers = !start.on || (Number.isInteger(start.order) && Number.isInteger(start.delaySeconds));
  return nameError(name) ?? (numbers ? undefined : 'A whole number is missing.');
}

/** What the VM can boot from. */
export const bootDevices = (vm: Vm): readonly Device[] => devicesOf(vm.disks.length, vm.cdroms.length, vm.nics.length);
