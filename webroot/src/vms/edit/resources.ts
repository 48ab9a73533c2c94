import type { EditVm, Vm } from '../../core/api/types';
import { formatBytes, GIB, MIB } from '../../core/format/bytes';

/** What is typed, as it is typed. */
export interface Resources {
  vcpus: number;
  /** Not a number: as many as there are. */
  maxVcpus: number;
  memoryGib: number;
  /** Empty: what the host chooses. */
  cpuModel: string;
  /** Not a number: each vCPU is a socket. */
  sockets: number;
  cores: number;
  threads: number;
}

export const resourcesOf = ({ vcpus, memoryBytes, cpu }: Vm): Resources => ({
  vcpus,
  maxVcpus: cpu.maxVcpus ?? NaN,
  memoryGib: memoryBytes / GIB,
  cpuModel: cpu.model ?? '',
  sockets: cpu.sockets ?? NaN,
  cores: cpu.cores ?? NaN,
  threads: cpu.threads ?? NaN,
});

const memoryOf = ({ memoryGib }: Resources): number => Math.round((memoryGib * GIB) / MIB) * MIB;

const number = (name: string, typed: number) => (Number.isNaN(typed) ? {} : { [name]: typed });

function cpuOf(typed: Resources): NonNullable<EditVm['cpu']> {
  return {
    ...(typed.cpuModel === '' ? {} : { model: typed.cpuModel }),
    ...number('sockets', typed.sockets),
    ...number('cores', typed.cores),
    ...number('threads', typed.threads),
    ...number('maxVcpus', typed.maxVcpus),
  };
}

/** What was typed otherwise than it was. */
export function resourcesChanges(before: Vm, typed: Resources): EditVm {
  const sameCpu = JSON.stringify(cpuOf(typed)) === JSON.stringify(cpuOf(resourcesOf(before)));
  return {
    ...(typed.vcpus === before.vcpus ? {} : { vcpus: typed.vcpus }),
    ...(memoryOf(typed) === before.memoryBytes ? {} : { memoryBytes: memoryOf(typed) }),
    ...(sameCpu ? {} : { cpu: cpuOf(typed) }),
  };
}

type Problems = Partial<Record<'vcpus' | 'maxVcpus' | 'memoryBytes' | 'cpu', string>>;

/** What is wrong with what was typed. */
export function resourcesProblems(typed: Resources): Problems {
  const { vcpus, maxVcpus, memoryGib, sockets, cores, threads } = typed;
  const most = Number.isNaN(maxVcpus) ? vcpus : maxVcpus;
  const said = [sockets, cores, threads].filter((count) => !Number.isNaN(count));
  const product = said.reduce((all, count) => all * count, 1);
  return {
    ...(Number.isInteger(vcpus) && vcpus >= 1 ? {} : { vcpus: 'A whole number from 1 up.' }),
    ...(Number.isNaN(maxVcpus) || (Number.isInteger(maxVcpus) && maxVcpus >= vcpus)
      ? {}
      : { maxVcpus: 'At least as many as there are vCPUs, or nothing.' }),
    ...(memoryGib * GIB >= 64 * MIB ? {} : { memoryBytes: 'At least 0.0625 GiB (64 MiB).' }),
    ...(said.length === 0 || product === most
      ? {}
      : { cpu: `These make ${product} vCPUs, and there are to be ${most}.` }),
  };
}

/** What a running guest gets more of its memory in. */
const MEMORY_STEP = 128 * MIB;

const NEXT_START = 'takes effect when the VM is next started (not by a reboot inside the guest)';

/** What happens when this is saved, a sentence for each change. */
export function whatHappens(before: Vm, changes: EditVm): readonly string[] {
  const { vcpus, memoryBytes, cpu } = changes;
  if (['STOPPED', 'CRASHED'].includes(before.powerState)) {
    return Object.keys(changes).length === 0 ? [] : ['The VM is off: it starts with what you save.'];
  }
  const most = before.cpu.maxVcpus ?? before.vcpus;
  return [
    ...(memoryBytes === undefined ? [] : [memorySentence(before, memoryBytes)]),
    ...(vcpus === undefined ? [] : [vcpuSentence(before, vcpus, most)]),
    ...(cpu === undefined ? [] : [`Another processor ${NEXT_START}.`]),
  ];
}

function memorySentence(before: Vm, wanted: number): string {
  const size = formatBytes(wanted);
  const more = wanted - before.memoryBytes;
  if (more < 0) return `Memory: the guest is asked to give away all but ${size} now. If it cannot, that ${NEXT_START}.`;
  return more % MEMORY_STEP === 0
    ? `Memory: the guest gets ${size} now if it was started with room for so much. If it was not, that ${NEXT_START}.`
    : `Memory: a guest gets more in steps of 128 MiB only. ${size} is none, so unless it was started with so much, that ${NEXT_START}.`;
}

function vcpuSentence(before: Vm, wanted: number, most: number): string {
  if (wanted < before.vcpus)
    return `vCPUs: the guest is asked to let go of some now. If it does not, that ${NEXT_START}.`;
  return wanted <= most
    ? `vCPUs: the guest gets ${wanted} now.`
    : `vCPUs: it was started with places for ${most}, so ${wanted} ${NEXT_START.replace('takes', 'take')}.`;
}
