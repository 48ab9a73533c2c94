import type { Autostart, EditVm, Vm } from '../../core/api/types';
import { nameError } from '../../core/form/names';
import { USUAL_ORDER } from '../autostart';
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
    ...(same(wishedStart(typed.start), wishedStart(was.start)) ? {} : { autostart: wishedStart(typed.start) }),
  };
}

export function settingsProblem({ name, start }: Settings): string | undefined {
  const numbers = !start.on || (Number.isInteger(start.order) && Number.isInteger(start.delaySeconds));
  return nameError(name) ?? (numbers ? undefined : 'A whole number is missing.');
}

/** What the VM can boot from, with what a person calls it. */
export function bootDevices(vm: Vm): readonly { value: string; label: string }[] {
  const named = (kind: string, what: string, count: number) =>
    Array.from({ length: count }, (_unused, i) => ({ value: `${kind}${i}`, label: `${what} ${i + 1}` }));
  return [
    ...named('disk', 'Disk', vm.disks.length),
    ...named('cdrom', 'CD-ROM drive', vm.cdroms.length),
    ...named('nic', 'Network card', vm.nics.length),
  ];
}
