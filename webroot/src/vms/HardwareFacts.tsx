import { Facts } from '../core/layout/Facts';
import { Truncated } from '../core/layout/Truncated';
import type { Vm } from '../core/api/types';
import { useList } from '../core/live/collection';
import { images } from '../images/images';

function processor({ cpu, vcpus }: Vm): string {
  const model = cpu.model ?? 'as the host chooses';
  if (cpu.sockets === undefined) return `${model}, ${vcpus} ${vcpus === 1 ? 'socket' : 'sockets'}`;
  return `${model}, ${cpu.sockets} × ${cpu.cores} × ${cpu.threads} (sockets, cores, threads)`;
}

function firmware({ firmware: kind, secureBoot, tpm }: Vm): string {
  return [kind.toUpperCase(), secureBoot && 'secure boot', tpm && 'TPM 2.0'].filter(Boolean).join(', ');
}

/** The machine around the disks and network cards. */
export function HardwareFacts({ vm }: { vm: Vm }) {
  const known = useList(images).data ?? [];
  const drives = vm.cdroms.map(({ imageId }) =>
    imageId === undefined ? 'empty' : (known.find((image) => image.id === imageId)?.name ?? imageId),
  );
  const { watchdog } = vm;
  return (
    <Facts
      title="Hardware"
      facts={[
        { term: 'CPU', value: processor(vm) },
        { term: 'Firmware', value: firmware(vm) },
        { term: 'Watchdog', value: watchdog && `${watchdog.model}, ${watchdog.action}` },
        { term: 'Clipboard', value: vm.clipboard ? 'shared with its console' : 'not shared' },
        { term: 'CD-ROM', value: drives.length > 0 ? <Truncated text={drives.join(', ')} /> : undefined },
        { term: 'Boot order', value: vm.bootOrder.length > 0 ? vm.bootOrder.join(', ') : 'automatic' },
      ]}
    />
  );
}
