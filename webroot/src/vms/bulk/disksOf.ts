import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';

/** What becomes of a VM's disks when it is deleted, in words. */
export function disksOf(vm: Vm, keepDisks: boolean): string {
  const own = vm.disks.filter(({ attached }) => !attached);
  const attached = vm.disks.length - own.length;
  if (vm.disks.length === 0) return 'it has no disks';
  const sizes = own.map(({ sizeBytes }) => formatBytes(sizeBytes)).join(', ');
  const stay = attached === 0 ? '' : `${attached} attached ${attached === 1 ? 'volume stays' : 'volumes stay'}`;
  if (own.length === 0) return stay;
  const count = own.length === 1 ? `its disk (${sizes})` : `its ${own.length} disks (${sizes})`;
  const goes = keepDisks
    ? `${count} ${own.length === 1 ? 'stays' : 'stay'}`
    : `${count} ${own.length === 1 ? 'goes' : 'go'}`;
  return stay === '' ? goes : `${goes}, ${stay}`;
}

/** Of all together. */
export function diskTotals(vms: readonly Vm[]): { own: number; bytes: number; attached: number } {
  const all = vms.flatMap(({ disks }) => disks);
  const own = all.filter(({ attached }) => !attached);
  return {
    own: own.length,
    bytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    attached: all.length - own.length,
  };
}
