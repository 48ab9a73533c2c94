import type { Host, MigrationTarget, Vm } from '../../core/api/types';
import type { ChoiceRow } from '../../core/form/ChoiceTable';
import { formatBytes } from '../../core/format/bytes';

/** A host with what it says of the VM; `host` is absent where nobody knows how busy it is. */
export interface TargetHost {
  target: MigrationTarget;
  host: Host | undefined;
}

/** What stands in the way at every host, so it has to do with the VM itself. */
export function commonObstacles(targets: readonly MigrationTarget[]): readonly string[] {
  const [first, ...others] = targets;
  if (!first || others.length === 0) return [];
  return first.obstacles.filter((obstacle) => others.every(({ obstacles }) => obstacles.includes(obstacle)));
}

function reasonOf({ possible, obstacles }: MigrationTarget, common: readonly string[]): string | undefined {
  if (possible) return undefined;
  const own = obstacles.filter((obstacle) => !common.includes(obstacle)).join(' ');
  if (own !== '') return own;
  return common.length > 0 ? 'For the reason above.' : 'It cannot take the VM, and did not say why.';
}

/** The hosts to choose among; what is said of all of them is left to whoever shows `common`. */
export function targetRows(
  targets: readonly MigrationTarget[],
  common: readonly string[],
  hosts: readonly Host[],
): readonly ChoiceRow<TargetHost>[] {
  return targets.map((target) => ({
    id: target.hostId,
    name: target.hostName,
    thing: { target, host: hosts.find(({ id }) => id === target.hostId) },
    reason: reasonOf(target, common),
    remark: target.remarks.length > 0 ? target.remarks.join(' ') : undefined,
  }));
}

export function memoryInWords(host: Host | undefined): string {
  const total = host?.capabilities?.memoryBytes;
  return host && total ? `${formatBytes(host.memoryFreeBytes)} of ${formatBytes(total)}` : '–';
}

/** What is reserved, beside what there is. */
export function processorsInWords(host: Host | undefined): string {
  return host?.capabilities ? `${host.reservedVcpus} on ${host.capabilities.cpuCores} cores` : '–';
}

/** What is copied, once a host is chosen. */
export function copiedInWords(vm: Vm, { hostName, bytesToCopy }: MigrationTarget): string {
  const memory = `its memory (${formatBytes(vm.memoryBytes)})`;
  const what = bytesToCopy > 0 ? `${formatBytes(bytesToCopy)} of its disks and ${memory}` : memory;
  const stay = bytesToCopy > 0 ? '' : ' Its disks stay where they are: both hosts reach them.';
  return `${vm.name} goes on running while ${what} ${bytesToCopy > 0 ? 'are' : 'is'} copied to ${hostName}.${stay}`;
}
