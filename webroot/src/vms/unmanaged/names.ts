import type { UnmanagedVm } from '../../core/api/types';
import { nameError } from '../../core/form/names';
import { fullName, keyOf } from './domains';

/** What domains are to be called as VMs, by their keys. */
export type Names = Readonly<Record<string, string>>;

/** A name like libvirt's, as far as that can be one. */
export const suggestion = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);

export const suggestions = (vms: readonly UnmanagedVm[]): Names =>
  Object.fromEntries(vms.map((vm) => [keyOf(vm), suggestion(vm.name)]));

export const takenError = (name: string): string => `A virtual machine called "${name}" exists already.`;

/** What is wrong with the names of domains that are adopted together, by their keys; of those with a fine name nothing. */
export function nameErrors(
  vms: readonly UnmanagedVm[],
  names: Names,
  isTaken: (name: string) => boolean,
): Record<string, string> {
  const nameOf = (vm: UnmanagedVm): string => names[keyOf(vm)] ?? '';
  const errors: Record<string, string> = {};
  for (const vm of vms) {
    const name = nameOf(vm);
    const twin = vms.find((other) => other !== vm && nameOf(other).toLowerCase() === name.toLowerCase());
    const error =
      nameError(name) ??
      (twin ? `${fullName(twin)} would have the same name.` : isTaken(name) ? takenError(name) : undefined);
    if (error !== undefined) errors[keyOf(vm)] = error;
  }
  return errors;
}
